(function () {
  "use strict";
  var main = document.getElementById("content"), words = main.dataset, page = 100;
  function make(name, text) {
    var e = document.createElement(name);
    if (text) e.textContent = text;
    return e;
  }
  // Theme: the page follows the system until its reader says otherwise.
  var theme = make("button", words.themeWord), root = document.documentElement;
  theme.className = "theme";
  theme.type = "button";
  theme.addEventListener("click", function () {
    var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  document.querySelector(".top").appendChild(theme);
  if (matchMedia("(max-width: 64rem)").matches) document.querySelector(".contents details").open = false;
  // Tables: sorted by their heads, filtered by a word, long ones a page at a time.
  document.querySelectorAll("main table").forEach(function (table) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows), shown = page, wanted = "", texts = null;
    if (rows.length < 6) return;
    var status = make("span"), more = make("button", words.more);
    status.setAttribute("role", "status");
    more.type = "button";
    more.className = "more";
    function show() {
      var n = 0;
      rows.forEach(function (r, i) {
        var fits = !wanted || texts[i].indexOf(wanted) >= 0;
        if (fits) n++;
        r.hidden = !fits || n > shown;
      });
      more.hidden = n <= shown;
      status.textContent = wanted || n > shown ? Math.min(n, shown) + " / " + rows.length + " " + words.shown : "";
    }
    more.addEventListener("click", function () { shown += page * 5; show(); });
    if (rows.length > 12) {
      var tools = make("div"), label = make("label", words.filter + " « " + table.caption.textContent + " » "), input = make("input");
      if (document.documentElement.lang !== "fr") label.textContent = words.filter + " “" + table.caption.textContent + "” ";
      tools.className = "tools";
      input.type = "search";
      label.appendChild(input);
      tools.append(label, status);
      table.parentNode.before(tools);
      table.parentNode.after(more);
      input.addEventListener("input", function () {
        if (!texts) texts = rows.map(function (r) { return r.textContent.toLowerCase(); });
        wanted = input.value.trim().toLowerCase();
        shown = page;
        show();
      });
    }
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (th, column) {
      var button = make("button"), up = true;
      button.type = "button";
      button.title = words.sort + " " + th.textContent;
      while (th.firstChild) button.appendChild(th.firstChild);
      th.appendChild(button);
      button.addEventListener("click", function () {
        up = th.getAttribute("aria-sort") !== "ascending";
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
        th.setAttribute("aria-sort", up ? "ascending" : "descending");
        var number = th.classList.contains("n");
        var keys = new Map(rows.map(function (r) {
          var cell = r.cells[column];
          return [r, number ? (cell.dataset.v ? +cell.dataset.v : -Infinity) : cell.textContent.toLowerCase()];
        }));
        var compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
        rows.sort(function (a, b) {
          var x = keys.get(a), y = keys.get(b);
          return (number ? x - y || 0 : compare(x, y)) * (up ? 1 : -1);
        });
        texts = null;
        if (wanted) texts = rows.map(function (r) { return r.textContent.toLowerCase(); });
        body.append.apply(body, rows);
        show();
      });
    });
    show();
    var hidden;
    addEventListener("beforeprint", function () {
      if (rows.length > 1000) return;
      hidden = rows.filter(function (r) { return r.hidden; });
      hidden.forEach(function (r) { r.hidden = false; });
    });
    addEventListener("afterprint", function () { (hidden || []).forEach(function (r) { r.hidden = true; }); });
  });
  // Paper shows what is folded, unless it would be a book.
  var folded;
  addEventListener("beforeprint", function () {
    folded = Array.prototype.filter.call(document.querySelectorAll("details.long:not([open])"), function (d) { return d.querySelectorAll("tr").length <= 1000; });
    folded.forEach(function (d) { d.open = true; });
  });
  addEventListener("afterprint", function () { (folded || []).forEach(function (d) { d.open = false; }); });
})();
