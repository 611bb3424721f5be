// What the pages do beyond plain HTML; each part is an extra, and nothing depends on it.
"use strict";

(() => {
  const KEY = "shortcut";
  const box = () => document.getElementById("q");

  // Press / to search. Single keys can disturb speech input, so the shortcut can be switched off in the footer.
  const choice = document.getElementById("shortcut");
  if (choice) {
    const read = () => { try { return localStorage.getItem(KEY) !== "off"; } catch { return true; } };
    choice.checked = read();
    choice.closest("p").hidden = false;
    choice.addEventListener("change", () => {
      try { localStorage.setItem(KEY, choice.checked ? "on" : "off"); } catch { /* kept for this page alone */ }
    });
    document.addEventListener("keydown", (event) => {
      const target = event.target;
      const isTyping = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping || !choice.checked) return;
      event.preventDefault();
      if (box()) { box().focus(); box().select(); } else { window.location.assign("/search"); }
    });
  }

  // Search anew as soon as a filter or the order is changed.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.id === "ask" && event.target.name !== "q") form.requestSubmit();
  });

  // Say how many were found, once the results are there.
  document.addEventListener("htmx:after:swap", () => {
    const status = document.getElementById("status");
    const told = document.querySelector("[data-status]");
    if (status && told) status.textContent = told.textContent;
  });

  // Copy a citation or an address.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = "Copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(source);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      button.textContent = "Selected: press Ctrl C";
    }
  });
  document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });

  // Bring the words that were read into view within the source's own frame, without moving the page.
  document.querySelectorAll("[data-scroll-to-mark]").forEach((frame) => {
    const words = frame.querySelector("mark");
    if (words) frame.scrollTop += words.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
  });
})();
