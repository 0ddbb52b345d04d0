// A browser-based device: asks for codes, shows them, polls, calls the API, refreshes. Everything a television's
// program does, with the words of RFC 8628 and nothing else.
(() => {
  const CLIENT = "demo-tv";
  const SCOPE = "openid profile offline_access read:library";
  const AUDIENCE = "https://api.demo.example/";
  const GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  const LOOK_EVERY = 20;
  const PAUSE = 5;

  const WORDS = {
    en: {
      title: "Connect this television", open: "On your phone, open", enter: "Enter this code, or scan the picture:",
      here: "Open on this screen", waiting: "Waiting for your phone…", loading: "One moment…",
      hello: (n) => `Hello, ${n}`, watched: "From the sample API, with this television's token:",
      kept: (t) => `Refreshed at ${t}.`, refresh: "Refresh now", out: "Sign out", again: "Get a new code",
      denied: "Nothing was connected", deniedAdvice: "The request was declined on the phone.",
      unlinked: "This television was unlinked", unlinkedAdvice: "Connect it again whenever you like.",
      lost: "The server cannot be reached", lostAdvice: "It is tried again by itself.",
    },
    de: {
      title: "Diesen Fernseher verbinden", open: "Auf dem Handy öffnen:", enter: "Diesen Code eingeben oder das Bild scannen:",
      here: "Auf diesem Bildschirm öffnen", waiting: "Warten auf dein Handy …", loading: "Einen Moment …",
      hello: (n) => `Hallo, ${n}`, watched: "Von der Beispiel-API, mit dem Token dieses Fernsehers:",
      kept: (t) => `Erneuert um ${t}.`, refresh: "Jetzt erneuern", out: "Abmelden", again: "Neuen Code holen",
      denied: "Nichts wurde verbunden", deniedAdvice: "Die Anfrage wurde auf dem Handy abgelehnt.",
      unlinked: "Dieser Fernseher wurde getrennt", unlinkedAdvice: "Du kannst ihn jederzeit wieder verbinden.",
      lost: "Der Server ist nicht erreichbar", lostAdvice: "Es wird von selbst wieder versucht.",
    },
  };
  const language = navigator.languages.some((l) => /^de/i.test(l)) && !/^en/i.test(navigator.language) ? "de" : "en";
  const say = WORDS[language];
  const $ = (id) => document.getElementById(id);
  document.documentElement.lang = language;
  for (const part of document.querySelectorAll("[data-text]")) part.textContent = say[part.dataset.text];

  // A real television keeps its tokens in storage of its own; here they end with the page.
  let tokens = null;
  let round = 0;

  const show = (state) => {
    document.body.dataset.state = state;
    for (const section of document.querySelectorAll("section")) section.hidden = !section.classList.contains("when-" + state);
    const first = document.querySelector("section:not([hidden]) .button");
    if (first) first.focus({ preventScroll: true });
  };
  const sleep = (seconds) => new Promise((wake) => setTimeout(wake, seconds * 1000));

  // One form posted; network failures and 5xx come back as an error to be tried again (RFC 8628 §3.5).
  const post = async (path, form) => {
    try {
      const answer = await fetch(path, { method: "POST", body: new URLSearchParams(form), cache: "no-store" });
      const body = await answer.json();
      return answer.status >= 500 ? { error: "unreachable" } : body;
    } catch {
      return { error: "unreachable" };
    }
  };

  const ended = (what) => {
    tokens = null;
    $("ended").textContent = say[what];
    $("ended-advice").textContent = say[what + "Advice"];
    show("ended");
  };

  const begin = async () => {
    const mine = ++round;
    show("loading");
    const ask = () =>
      post("/oauth/device/code", { client_id: CLIENT, scope: SCOPE, audience: AUDIENCE, device_name: "Demo TV" });
    let codes = await ask();
    for (let pause = 1; codes.error; pause = Math.min(pause * 2, 30)) {
      ended("lost");
      await sleep(pause);
      if (mine !== round) return;
      codes = await ask();
    }
    $("address").textContent = codes.verification_uri.replace(/^https?:\/\//, "");
    $("code").textContent = codes.user_code;
    $("waiting").textContent = say.waiting;
    $("qr").src = "/demo/qr.svg?text=" + encodeURIComponent(codes.verification_uri_complete);
    $("here").href = codes.verification_uri_complete;
    $("here").target = "_blank";
    show("code");
    poll(codes, mine);
  };

  const poll = async (codes, mine) => {
    const began = Date.now();
    const line = setInterval(() => {
      const left = 1 - (Date.now() - began) / 1000 / codes.expires_in;
      $("life").style.width = Math.max(0, left * 100) + "%";
    }, 1000);
    let interval = codes.interval;
    let answer;
    do {
      await sleep(interval);
      if (mine !== round) return clearInterval(line);
      answer = await post("/oauth/token", { grant_type: GRANT, device_code: codes.device_code, client_id: CLIENT });
      if (answer.error === "slow_down") interval = Math.max(interval + 5, answer.interval || 0);
      if (answer.error === "unreachable") interval = Math.min(interval * 2, 60);
    } while (["authorization_pending", "slow_down", "unreachable"].includes(answer.error));
    clearInterval(line);
    if (answer.error === "access_denied") return ended("denied");
    if (answer.error) return begin();
    tokens = answer;
    await linked(mine);
  };

  const linked = async (mine) => {
    while (!(await callApi())) {
      await sleep(PAUSE);
      if (mine !== round) return;
    }
    show("linked");
    while (mine === round && tokens) {
      await sleep(LOOK_EVERY);
      if (mine === round && tokens) await refresh();
    }
  };

  // False where the server cannot be reached just now. A refused token is no fault: the next refresh tells why.
  const callApi = async () => {
    const asked = { headers: { Authorization: "Bearer " + tokens.access_token }, cache: "no-store" };
    try {
      const [person, api] = await Promise.all(["/userinfo", "/demo/api"].map(async (path) => (await fetch(path, asked)).json()));
      if (!api.library) return false;
      $("greeting").textContent = say.hello(person.name || person.sub);
      $("films").replaceChildren(...api.library.map(tile));
      return true;
    } catch {
      return false;
    }
  };

  const tile = (film) => {
    const [item, title, year] = ["li", "b", "span"].map((name) => document.createElement(name));
    title.textContent = film.title;
    year.textContent = film.year;
    item.append(title, year);
    return item;
  };

  const refresh = async () => {
    const answer = await post("/oauth/token", { grant_type: "refresh_token", refresh_token: tokens.refresh_token, client_id: CLIENT });
    if (answer.error === "unreachable") return;
    if (answer.error) return ended("unlinked");
    tokens = answer;
    $("kept").textContent = say.kept(new Date().toLocaleTimeString(language));
    await callApi();
  };

  $("refresh").addEventListener("click", refresh);
  $("again").addEventListener("click", begin);
  $("out").addEventListener("click", async () => {
    await post("/oauth/revoke", { token: tokens.refresh_token, client_id: CLIENT });
    begin();
  });
  // A remote control has arrows and Enter: the arrows walk through what can be chosen.
  addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const all = [...document.querySelectorAll("section:not([hidden]) .button")];
    if (all.length) all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    event.preventDefault();
  });
  begin();
})();
