// Many moves over everything that a reader can touch, the same ones for the same seed.
async (moves, seed) => {
  const host = document.querySelector("deconv-viz");
  const root = host.shadowRoot;
  let state = seed;
  const draw = (most) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * most);
  };
  const pick = (list) => list[draw(list.length)];
  const seen = (one) => one.checkVisibility() && !one.disabled;
  const leaves = /full screen|picture|Copy|Save|PNG|SVG|Link|HTML|PyTorch|NumPy/i;
  const TYPED = ["1", "2", "3", "4", "6", "0", "-1", "two", "2,3", "1:2", "", "3,", "1e3", "2.5"];
  const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", "Escape", "Home", "End", " ", "<", ">", "Shift+ArrowRight", "Tab"];
  const kinds = {};
  const touched = new Set();
  const named = (one) => one.ariaLabel ?? one.labels?.[0]?.textContent ?? one.textContent;
  const fresh = (all) => {
    const others = all.filter((one) => !touched.has(named(one)));
    return pick(others.length && draw(3) === 0 ? others : all);
  };
  const touch = (one) => one && touched.add(named(one));
  const faults = [];

  const MOVES = {
    button() {
      const button = fresh([...root.querySelectorAll("button")].filter((one) => seen(one) && !leaves.test(named(one))));
      touch(button);
      button?.focus();
      button?.click();
      return button?.ariaLabel ?? button?.textContent;
    },
    type() {
      const input = fresh([...root.querySelectorAll("input:not([type=range]):not([type=radio]):not([type=checkbox]):not([type=file])")].filter(seen));
      if (!input) return "";
      touch(input);
      input.value = pick(TYPED);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      if (input.form) input.form.requestSubmit();
      return `${input.id} ${input.value}`;
    },
    choose() {
      const select = fresh([...root.querySelectorAll("select")].filter(seen));
      if (!select) return "";
      touch(select);
      pick([...select.options].filter(({ hidden, disabled, selected }) => !hidden && !disabled && !selected)).selected = true;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      return select.value;
    },
    tick() {
      const box = pick([...root.querySelectorAll("input[type=radio], input[type=checkbox]")].filter(seen));
      box?.click();
      return box?.value;
    },
    scrub() {
      const slider = root.querySelector("input[type=range]");
      slider.value = draw(Number(slider.max) + 1);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      return slider.value;
    },
    point() {
      const sheet = pick([...root.querySelectorAll(".sheet")].filter(seen));
      const { left, top, width, height } = sheet.getBoundingClientRect();
      const at = { clientX: left + draw(width), clientY: top + draw(height), bubbles: true, composed: true, pointerType: "mouse" };
      sheet.dispatchEvent(new PointerEvent("pointermove", at));
      if (draw(2)) sheet.dispatchEvent(new PointerEvent("click", at));
      return `${at.clientX} ${at.clientY}`;
    },
    key() {
      const key = pick(KEYS);
      const target = root.activeElement ?? root.querySelector(".sheet");
      target.dispatchEvent(new KeyboardEvent("keydown", { key: key.replace("Shift+", ""), shiftKey: key.startsWith("Shift+"), bubbles: true, composed: true, cancelable: true }));
      return key;
    },
    enter() {
      const sheet = root.querySelector(".sheet");
      sheet.focus();
      sheet.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true }));
      return "Enter";
    },
    misspell() {
      const word = pick(["speed", "theme", "view", "beside", "keys", "exercise", "lang", "autoplay", "padding", "groups", "step", "selection"]);
      host.setAttribute(word, pick(["x", "-1", "no", "99"]));
      return word;
    },
    smaller() {
      for (const data of ["input", "weight"]) host.setAttribute(data, "1"), host.removeAttribute(data);
      const words = { "input-size": "3", "kernel-size": "3", stride: "2", padding: "1", "output-padding": "1", dilation: "1" };
      for (const [name, value] of Object.entries(words)) host.setAttribute(name, `${value},${value}`);
      return "";
    },
  };
  const ODDS = ["button", "button", "button", "button", "type", "choose", "tick", "scrub", "point", "point", "key", "key", "enter", "misspell"];

  const small = Object.assign(document.createElement("canvas"), { width: 24, height: 24 });
  const pen = small.getContext("2d", { willReadFrequently: true });
  const blank = (sheet) => {
    if (!sheet.width || !sheet.height) return true;
    pen.clearRect(0, 0, 24, 24);
    pen.drawImage(sheet, 0, 0, 24, 24);
    return pen.getImageData(0, 0, 24, 24).data.every((value) => value === 0);
  };
  const check = (what) => {
    const text = root.querySelector(".player").textContent;
    const wrong = text.match(/.{0,30}(NaN|undefined|\[object|\{[a-z]+\}).{0,30}/);
    if (wrong) faults.push(`${what}: says ${wrong[0]}`);
    const stage = root.querySelector(".stage .sheet canvas");
    if (!stage.checkVisibility() || blank(stage)) faults.push(`${what}: blank stage`);
    if (!root.querySelector(".player").ariaLabel) faults.push(`${what}: no name`);
  };

  let done = 0;
  for (; done < moves && faults.length < 5; done += 1) {
    const kind = done % 40 === 39 ? "smaller" : pick(ODDS);
    let what = kind;
    try {
      what = `move ${done}, ${kind} ${MOVES[kind]()}`;
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      if (done % 5 === 0) await new Promise(requestAnimationFrame);
      check(what);
    } catch (error) {
      faults.push(`${what}: ${error.stack}`);
    }
  }
  return { moves: done, kinds, touched: [...touched], faults };
};
