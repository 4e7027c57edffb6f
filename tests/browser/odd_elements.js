// Makes one odd player after another, and tells what each did, and what is wrong with it.
async (all) => {
  const STILL = `<figure class="deconvviz-fallback"><img alt="A still" width="40" height="40"
    src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"></figure>`;
  const frame = () => new Promise(requestAnimationFrame);
  const until = async (met, most) => {
    for (let waited = 0; !met() && waited < most; waited += 1) await frame();
  };
  const small = Object.assign(document.createElement("canvas"), { width: 24, height: 24 });
  const pen = small.getContext("2d", { willReadFrequently: true });
  const blank = (sheet) => {
    if (!sheet?.checkVisibility() || !sheet.width || !sheet.height) return true;
    pen.clearRect(0, 0, 24, 24);
    pen.drawImage(sheet, 0, 0, 24, 24);
    return pen.getImageData(0, 0, 24, 24).data.every((value) => value === 0);
  };
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

  function made({ words, still, child, query }) {
    const host = document.createElement("deconv-viz");
    if (still) host.innerHTML = STILL;
    if (child !== null) {
      const script = Object.assign(document.createElement("script"), { type: "application/json" });
      host.append(Object.assign(script, { textContent: child }));
    }
    for (const [name, text] of Object.entries(words)) host.setAttribute(name, text);
    if (query !== null) {
      history.replaceState(null, "", `${location.pathname}?${query}`);
      host.setAttribute("url", "");
    }
    document.querySelector("main").prepend(host);
    return host;
  }

  function paste(root, text) {
    root.querySelector(".source button")?.click();
    const box = root.querySelector(".paste textarea");
    if (!box) return;
    box.value = text;
    root.querySelector(".paste .actions button").click();
  }

  async function drop(root, image) {
    const files = new DataTransfer();
    files.items.add(new File([bytes(image.data)], image.name));
    const event = { dataTransfer: files, bubbles: true, composed: true, cancelable: true };
    root.querySelector(".sheet").dispatchEvent(new DragEvent("drop", event));
    await until(() => answer(root, ".said-of-data"), 600);
  }

  const answer = (root, part) => root?.querySelector(part)?.textContent;
  const refusal = (host) => {
    const alerts = host.shadowRoot?.querySelectorAll("[role=alert]") ?? [];
    return [...alerts].map((alert) => alert.textContent).join("");
  };

  /** Return what became of an element: taken, refused in a sentence, or left as a still. */
  function fate(host, { paste, image }) {
    if (!host.player) return refusal(host) ? "refused" : "still";
    if (paste !== null) return answer(host.shadowRoot, ".paste .refused") ? "refused" : "taken";
    if (image === null) return refusal(host) ? "refused" : "taken";
    return answer(host.shadowRoot, ".said-of-data").includes("×") ? "taken" : "refused";
  }

  function wrong(host, most, began) {
    const root = host.shadowRoot;
    const text = (root?.querySelector(".player") ?? root)?.textContent ?? "";
    const leak = text.match(/.{0,30}(undefined|\[object|\{[a-z]+\}).{0,30}/);
    const kept = [...host.children].some((one) => one.checkVisibility());
    const drawn = root && !blank(root.querySelector(".stage .sheet canvas"));
    return [
      leak && `says ${leak[0]}`,
      !drawn && !kept && !refusal(host) && "blank",
      window.hit && "runs what was given as data",
      performance.now() - began > most && "is slow",
    ].filter(Boolean);
  }

  const { odds, most } = all;
  const faults = [];
  const fates = [];
  for (const odd of odds) {
    const began = performance.now();
    const host = made(odd);
    await until(() => host.player || refusal(host), 10);
    const root = host.shadowRoot;
    if (host.player && odd.paste !== null) paste(root, odd.paste);
    if (host.player && odd.image !== null) await drop(root, odd.image);
    await frame();
    await frame();
    fates.push(fate(host, odd));
    for (const one of wrong(host, most, began)) faults.push({ ...odd, is: one });
    host.remove();
  }
  return { fates, faults };
}
