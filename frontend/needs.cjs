// Says which Node the tests need, also to a Node that is too old to run them.
const { engines } = require("./package.json");

const needed = engines.node.replace(">=", "").split(".").map(Number);
const found = process.versions.node.split(".").map(Number);
const older = found[0] - needed[0] || found[1] - needed[1];
if (older < 0) {
  console.error("The tests need Node " + needed.join(".") + " or newer; this is Node " + process.versions.node + ".");
  process.exit(1);
}
