() => {
  // The language: the one chosen on an earlier visit, else the browser's.
  const chosen = document.cookie.match(/(?:^|; )okr_language=(fr|en)/);
  const language = chosen ? chosen[1] : navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en";
  document.documentElement.lang = language;

  // Told to screen readers, in a place that is never replaced.
  const live = document.createElement("div");
  live.id = "live";
  live.setAttribute("role", "status");
  document.body.append(live);

  // Gradio says in English where a visitor stands in the queue, and where it is hardly seen: said again in the page's
  // language, on a sign of its own. Every request is first in the queue for a moment; only who really waits is told.
  const words = "WORDS";
  const patience = 700;
  const place = document.createElement("p");
  place.id = "place";
  place.setAttribute("role", "status");
  document.body.append(place);
  const sayPlaces = () => {
    const say = words[document.documentElement.lang] || words.en;
    let told = "";
    for (const sign of document.querySelectorAll(".progress-text")) {
      const queued = sign.textContent.match(/queue: (\d+)\/(\d+)/);
      if (queued && !sign.since) {
        sign.since = Date.now();
        setTimeout(sayPlaces, patience + 50);
      }
      if (!queued) sign.since = 0;
      if (queued && Date.now() - sign.since >= patience) told = say.queue_place.replace("{n}", queued[1]).replace("{of}", queued[2]);
      const works = sign.textContent.trim() ? say.at_work : "";
      if (sign.dataset.said !== works) sign.dataset.said = works;
    }
    if (place.textContent !== told) place.textContent = told;
  };
  new MutationObserver(sayPlaces).observe(document.body, { subtree: true, childList: true, characterData: true });

  window.okrLanguage = (language) => {
    document.documentElement.lang = language;
    document.cookie = `okr_language=${language}; Max-Age=31536000; SameSite=Lax; path=/`;
  };

  // A button in a report was pressed: tell Python which, and say beside it that it worked.
  window.okrPressed = (button, tell) => {
    if (button.dataset.act === "again") {
      document.getElementById("review").click();
      return;
    }
    const pane = button.closest("#critique") ? "critique" : "report";
    tell({ act: button.dataset.act, n: Number(button.dataset.n), pane });
    if (!button.dataset.done) return;
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.done;
    live.textContent = button.dataset.done;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "act";
    again.dataset.act = "again";
    again.textContent = button.dataset.again;
    button.after(again);
  };

  // On a phone the review stands below the draft: asking for it leads there; side by side nothing moves.
  window.okrShowReview = () => {
    const pane = document.getElementById("report");
    if (!pane) return;
    const said = pane.querySelector(".okr-review header h2, [role=alert]");
    live.textContent = said ? said.textContent : "";
    const top = pane.getBoundingClientRect().top;
    if (top > window.innerHeight / 2 || top < 0) document.getElementById("read").scrollIntoView();
  };
}
