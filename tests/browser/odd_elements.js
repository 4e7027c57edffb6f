// Makes one odd player after another, and tells what is wrong with each of them.
async (all) => {
  const STILL = `<figure class="deconvviz-fallback"><img alt="A still" width="40" height="40"
    src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"></figure>`;
  const frame = () => new Promise(requestAnimationFrame);
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

  function drop(root, image) {
    const files = new DataTransfer();
    files.items.add(new File([bytes(image.data)], image.name));
    const event = { dataTransfer: files, bubbles: true, composed: true, cancelable: true };
    root.querySelector(".sheet").dispatchEvent(new DragEvent("drop", event));
  }

  function wrong(host, most, began) {
    const root = host.shadowRoot;
    const text = (root?.querySelector(".player") ?? root)?.textContent ?? "";
    const leak = text.match(/.{0,30}(undefined|\[object|\{[a-z]+\}).{0,30}/);
    const kept = [...host.children].some((one) => one.checkVisibility());
    const drawn = root && !blank(root.querySelector(".stage .sheet canvas"));
    const spoke = root?.querySelector("[role=alert]")?.textContent;
    return [
      leak && `says ${leak[0]}`,
      !drawn && !kept && !spoke && "blank",
      window.hit && "runs what was given as data",
      performance.now() - began > most && "is slow",
    ].filter(Boolean);
  }

  const { odds, most } = all;
  const faults = [];
  let alive = 0;
  for (const odd of odds) {
    const began = performance.now();
    const host = made(odd);
    for (let wait = 0; wait < 3 || (!host.player && wait < 10); wait += 1) await frame();
    const root = host.shadowRoot;
    if (host.player && odd.paste !== null) paste(root, odd.paste);
    if (host.player && odd.image !== null) drop(root, odd.image);
    await frame();
    await frame();
    alive += Boolean(host.player);
    for (const one of wrong(host, most, began)) faults.push({ ...odd, is: one });
    host.remove();
  }
  return { alive, faults };
}
