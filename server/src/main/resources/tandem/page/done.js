// Asks how far the device is, and says so when it is in. All words stand in the page.
(() => {
  const ending = document.querySelector(".ending");
  const status = "/activate/status?entry=" + encodeURIComponent(ending.dataset.entry);
  const PAUSE_MIN = 1000;
  const PAUSE_MAX = 10000;
  const GIVEN_UP_AFTER = 15 * 60 * 1000;
  const began = Date.now();
  let pause = PAUSE_MIN;

  const show = (state) => {
    ending.dataset.state = state;
    for (const part of ["approved", "redeemed", "expired"]) {
      ending.querySelector(".when-" + part).hidden = part !== state;
    }
    const title = ending.querySelector(".when-" + state).dataset.title;
    if (title) document.title = document.title.replace(/^.*(?= – )/su, () => title);
  };

  const ask = async () => {
    try {
      const answer = await fetch(status, { cache: "no-store", credentials: "same-origin" });
      const state = answer.ok ? (await answer.json()).state : "";
      if (state === "redeemed" || state === "expired") return show(state);
      if (answer.status === 403 || answer.status === 404) return;
    } catch {
      // Out of reach for a moment: asked again below.
    }
    if (Date.now() - began > GIVEN_UP_AFTER) return show("expired");
    pause = Math.min(pause * 1.2, PAUSE_MAX);
    setTimeout(ask, pause);
  };

  setTimeout(ask, pause);
})();
