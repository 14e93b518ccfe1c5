// Search, filter and sort for the report. The page is complete without it: it only hides, shows and reorders.
// It makes no request, and puts text from the account into the page as text only.
"use strict";
(() => {
  const byID = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const compareText = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  const lines = (text) => (text ?? "").split("\n").filter(Boolean);
  const words = (text) => text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);

  /* The findings, each with what it can be filtered by. */

  /** The card names the rows of its controls; a row says which control it is. */
  const controlsOf = (card) =>
    (card?.dataset.controls ?? "").split(" ").map((id) => byID(id)?.dataset.control).filter(Boolean);

  const findings = all(".finding[data-severity]").map((element) => {
    const data = element.dataset;
    const card = element.closest(".rule");
    return {
      element,
      card,
      section: element.closest(".severity"),
      severity: data.severity,
      account: [data.account],
      application: lines(data.application),
      tier: [data.tier].filter(Boolean),
      control: controlsOf(card),
      text: null,
    };
  });

  const boxes = [...new Set(findings.flatMap(({ card, section }) => [card, section]))].filter(Boolean);

  /** All that a reader sees of a finding, its rule's title too; put together when it is first searched. */
  const textOf = (finding) => {
    if (finding.text === null) {
      const title = finding.card?.querySelector("h4")?.textContent ?? "";
      const parts = [title, finding.card?.dataset.rule, finding.element.textContent];
      finding.text = words(parts.join(" ")).join(" ");
    }
    return finding.text;
  };

  /* The controls. */

  const bar = byID("filter");
  const search = byID("filter-search");
  const reset = byID("filter-reset");
  const status = byID("filter-status");
  const description = byID("filter-words");
  const severities = bar ? all("input[type=checkbox]", bar) : [];
  const menus = Object.fromEntries(
    ["account", "application", "tier", "control"].map((name) => [name, byID(`filter-${name}`)]).filter(([, menu]) => menu)
  );
  const hasBar = Boolean(bar && search && reset && status && findings.length);

  const addChoice = (menu, value, text, group = menu) => {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = text;
    group.append(option);
  };

  /** Offers what occurs in the findings; a menu with nothing to choose stays hidden. */
  const fillMenu = (name, menu) => {
    const values = [...new Set(findings.flatMap((finding) => finding[name]))].sort(compareText);
    if (name === "tier") values.sort((a, b) => tierRank(a) - tierRank(b));
    for (const value of values) {
      if (name === "tier") addChoice(menu, value, value.charAt(0).toUpperCase() + value.slice(1));
      else if (name === "control") addControl(menu, value);
      else addChoice(menu, value, value);
    }
    for (const group of all("optgroup", menu)) if (!group.children.length) group.remove();
    menu.closest(".field").hidden = values.length < (name === "account" ? 2 : 1);
  };
  const tierRank = (tier) => ["privileged", "sensitive", "standard"].indexOf(tier);
  const addControl = (menu, value) => {
    const colon = value.indexOf(":");
    const framework = value.slice(0, colon);
    const group = all("optgroup", menu).find((group) => group.dataset.framework === framework);
    addChoice(menu, value, group ? value.slice(colon + 1) : value, group ?? menu);
  };

  /** Sets a menu. A link may name what this report does not have: that is shown, and nothing fits it. */
  const choose = (menu, value) => {
    menu.value = value;
    if (menu.value !== value) {
      addChoice(menu, value, value);
      menu.value = value;
    }
    if (value) menu.closest(".field").hidden = false;
  };

  /* The state: what is asked for, in the controls and in the address. */

  const readControls = () => ({
    query: search.value.trim(),
    severity: severities.filter((box) => box.checked).map((box) => box.value),
    menus: Object.entries(menus).filter(([, menu]) => menu.value).map(([name, menu]) => [name, menu.value]),
  });

  const isFiltered = (state) => Boolean(state.query || state.severity.length || state.menus.length);

  const clearControls = () => {
    search.value = "";
    for (const box of severities) box.checked = false;
    for (const menu of Object.values(menus)) menu.value = "";
  };

  const writeAddress = () => {
    const state = hasBar ? readControls() : { query: "", severity: [], menus: [] };
    const parameters = new URLSearchParams();
    if (state.severity.length) parameters.set("severity", state.severity.join(","));
    if (state.query) parameters.set("q", state.query);
    for (const [name, value] of state.menus) parameters.set(name, value);
    for (const table of tables.filter((table) => table.column !== null)) {
      parameters.append("sort", `${table.name}:${table.column}:${table.direction}`);
    }
    const text = parameters.toString();
    // The list keeps "," and ":" readable; both may stand in a fragment.
    const fragment = text ? "#f?" + text.replaceAll("%2C", ",").replaceAll("%3A", ":") : "";
    history.replaceState(null, "", location.href.split("#")[0] + fragment);
  };

  const readAddress = () => {
    const parameters = new URLSearchParams(location.hash.slice("#f?".length));
    if (hasBar) {
      const severity = (parameters.get("severity") ?? "").split(",");
      search.value = parameters.get("q") ?? "";
      for (const box of severities) box.checked = severity.includes(box.value);
      for (const [name, menu] of Object.entries(menus)) choose(menu, parameters.get(name) ?? "");
      filter();
    }
    const orders = parameters.getAll("sort").map((order) => order.split(":"));
    for (const table of tables) {
      const [, column, direction] = orders.find(([name]) => name === table.name) ?? [];
      const isKnown = /^\d+$/.test(column) && canSort(table.heads[column]) && Object.hasOwn(directions, direction);
      sort(table, isKnown ? Number(column) : null, isKnown ? direction : null);
    }
  };

  /* Filtering: one pass over the findings, then one over the cards and sections around them. */

  const filter = () => {
    const state = readControls();
    const terms = words(state.query);
    const filled = new Set();
    let shown = 0;
    for (const finding of findings) {
      const fits =
        (!state.severity.length || state.severity.includes(finding.severity)) &&
        state.menus.every(([name, value]) => finding[name].includes(value)) &&
        terms.every((term) => textOf(finding).includes(term));
      if (fits) {
        shown += 1;
        filled.add(finding.card).add(finding.section);
      }
      show(finding.element, fits);
    }
    for (const box of boxes) show(box, filled.has(box));
    say(shown, isFiltered(state));
    description.textContent = isFiltered(state) ? `Only findings with ${describe(state)}.` : "";
    show(description, isFiltered(state));
  };

  /** Writes only what changes: a page has many findings. */
  const show = (element, isShown) => {
    if (element.hidden === isShown) element.hidden = !isShown;
  };

  const say = (shown, isPart) => {
    const total = `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
    const sentence = isPart ? `${shown || "None"} of ${total} shown.` : `${total} shown.`;
    status.textContent = [sentence, status.dataset.leftOut].filter(Boolean).join(" ");
  };

  /** What is asked for in words, for paper. */
  const describe = (state) =>
    [
      state.severity.length ? `severity ${state.severity.join(" or ")}` : "",
      ...state.menus.map(([name, value]) => `${name} ${value}`),
      state.query ? `the words “${state.query}”` : "",
    ]
      .filter(Boolean)
      .join("; ");

  const apply = () => {
    filter();
    writeAddress();
  };

  /* Sorting tables. A third press brings back the order of the report. */

  const directions = { ascending: 1, descending: -1 };

  const tables = all("table[data-sortable]").map((element, number) => ({
    element,
    name: element.id || String(number),
    heads: all("thead th", element),
    bodies: [...element.tBodies].map((body) => ({ body, rows: [...body.rows] })),
    column: null,
    direction: null,
  }));

  const canSort = (head) => head !== undefined && !("noSort" in head.dataset);

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return (cell?.dataset.sort ?? cell?.textContent ?? "").trim();
  };
  const compareValues = (a, b) => {
    const isNumeric = a !== "" && b !== "" && !isNaN(a) && !isNaN(b);
    return isNumeric ? a - b : compareText(a, b);
  };

  const sort = (table, column, direction) => {
    if (table.column === column && table.direction === direction) return;
    Object.assign(table, { column, direction });
    table.heads.forEach((head, number) => {
      if (number === column) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    });
    for (const { body, rows } of table.bodies) {
      const keyed = rows.map((row) => ({ row, value: column === null ? "" : valueOf(row, column) }));
      if (column !== null) keyed.sort((a, b) => directions[direction] * compareValues(a.value, b.value));
      body.append(...keyed.map(({ row }) => row));
    }
  };

  const pressHead = (table, column) => {
    if (table.column !== column) sort(table, column, "ascending");
    else if (table.direction === "ascending") sort(table, column, "descending");
    else sort(table, null, null);
    writeAddress();
  };

  const addSortButtons = (table) => {
    table.element.classList.add("sorts");
    table.heads.forEach((head, column) => {
      if (!canSort(head)) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => pressHead(table, column));
      head.append(button);
    });
  };

  /* Addresses that name a place: it is shown, whatever the filter and closed parts hide. */

  const goToAnchor = () => {
    const id = decode(location.hash.slice(1));
    const target = id ? byID(id) : null;
    if (!target) {
      if (hasBar && /^[0-9a-f]{16}$/.test(id)) status.textContent = "The finding of this link is not in this page.";
      return;
    }
    if (hasBar && target.closest("[hidden]")) {
      clearControls();
      filter();
    }
    for (let part = target; part; part = part.parentElement) if (part.localName === "details") part.open = true;
    if (target.matches(".finding")) for (const part of all("details", target)) part.open = true;
    target.scrollIntoView();
  };
  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  const followAddress = () => {
    if (!location.hash.startsWith("#f?")) return goToAnchor();
    readAddress();
    const sorted = tables.find((table) => table.column !== null)?.element;
    const isOnlySorted = sorted && !(hasBar && isFiltered(readControls()));
    (isOnlySorted ? sorted : byID("findings"))?.scrollIntoView();
  };

  /* Paper shows everything, and the screen is afterwards as it was. */

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
    opened = [];
  });

  /* The start. */

  for (const table of tables) addSortButtons(table);
  if (hasBar) {
    for (const [name, menu] of Object.entries(menus)) fillMenu(name, menu);
    clearControls();
    filter();
    bar.hidden = false;
    let pause = 0;
    search.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(apply, 150);
    });
    bar.addEventListener("change", () => {
      clearTimeout(pause);
      apply();
    });
    reset.addEventListener("click", () => {
      clearTimeout(pause);
      clearControls();
      apply();
    });
  }
  addEventListener("hashchange", followAddress);
  if (location.hash) followAddress();
})();
