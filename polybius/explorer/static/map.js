// The map: outlines and circles on a canvas, no tiles. Without scripts the page shows a picture made by the server.
"use strict";

(() => {
  const box = document.getElementById("map");
  if (!box || !window.L) return;
  box.hidden = false;
  document.getElementById("still").hidden = true;

  const colour = (name) => getComputedStyle(box).getPropertyValue(name).trim();
  const map = L.map(box, { preferCanvas: true, worldCopyJump: true, minZoom: 1, maxZoom: 12, zoomSnap: 0.5, attributionControl: false });
  L.control.attribution({ prefix: false }).addAttribution("Outlines: Natural Earth").addTo(map);
  map.setView([22, 12], box.clientWidth > 900 ? 2 : 1);

  const land = L.layerGroup().addTo(map);
  const marks = L.layerGroup().addTo(map);
  const countries = new Map(); // code → polygon
  let counts = {}, asking = null, first = true;

  // Rings are lists of x, y, x, y … in tenths of a degree.
  const points = (ring) => {
    const found = [];
    for (let i = 0; i < ring.length; i += 2) found.push([ring[i + 1] / 10, ring[i] / 10]);
    return found;
  };

  const shade = (n, most) => {
    if (!n) return colour("--d-land");
    const top = Math.min(5, 1 + Math.ceil(Math.log2(Math.max(most, 1))));
    const share = most > 1 ? Math.log2(n) / Math.log2(most) : 1;
    return colour(`--d-s${Math.max(1, Math.min(top, Math.ceil(top * share)))}`);
  };

  const paint = () => {
    const most = Math.max(0, ...Object.values(counts));
    const border = colour("--d-ground");
    for (const [code, polygon] of countries) {
      polygon.setStyle({ fillColor: shade(counts[code], most), color: border, weight: 0.7, fillOpacity: 1 });
    }
  };

  // Words are put into the page as text, never as markup.
  const line = (words, href) => {
    const paragraph = document.createElement("p");
    const inner = href ? document.createElement("a") : paragraph;
    inner.textContent = words;
    if (href) { inner.href = href; paragraph.append(inner); }
    return paragraph;
  };
  const signed = (n) => `${n > 0 ? "+" : n < 0 ? "−" : ""}${Math.abs(n)}`;
  const plural = (n) => `${n.toLocaleString("en")} ${n === 1 ? "event" : "events"}`;

  const listHref = (south, west, north, east) => {
    const url = new URL(box.dataset.list, location.href);
    const wrapped = (x) => ((((x + 180) % 360) + 360) % 360) - 180;
    url.searchParams.set("box", [wrapped(west), Math.max(-90, south), wrapped(east), Math.min(90, north)].map((x) => x.toFixed(4)).join(","));
    return url.pathname + url.search;
  };

  const cellPopup = (cell, size) => {
    const popup = document.createElement("div");
    const strong = document.createElement("strong");
    strong.textContent = cell.places > 1 ? `${cell.place} and ${cell.places - 1} more` : cell.place || "?";
    popup.append(strong, line(`${plural(cell.n_events)}: ${cell.cooperation} of cooperation, ${cell.conflict} of conflict`));
    popup.append(line(`net scale ${signed(cell.net_scale)}`));
    const south = Math.floor(cell.latitude / size) * size, west = Math.floor(cell.longitude / size) * size;
    popup.append(line("List them", cell.vague && cell.place_country
      ? `/place?${new URLSearchParams({ country: cell.place_country, name: cell.place })}`
      : listHref(south, west, south + size, Math.min(west + size, 179.9999))));
    return popup;
  };

  const eventPopup = (event) => {
    const popup = document.createElement("div");
    popup.append(line(event.label, event.href), line(event.days));
    const who = [event.actor_code, event.recipient_code].map((code) => (code || "").split(";").filter(Boolean).join(", "));
    if (who[0] || who[1]) popup.append(line(`${who[0] || "somebody"}${who[1] ? ` → ${who[1]}` : ""}`));
    if (event.place) popup.append(line(event.place));
    return popup;
  };

  const balance = (mark) => {
    if (mark.quad_code) return mark.quad_code.endsWith("CONFLICT") ? colour("--d-mx") : colour("--d-mc");
    const more = mark.cooperation - mark.conflict;
    return more > 0 ? colour("--d-mc") : more < 0 ? colour("--d-mx") : colour("--d-quiet");
  };

  const draw = (found) => {
    marks.clearLayers();
    counts = found.countries;
    paint();
    const most = Math.max(1, ...found.marks.map((mark) => mark.n_events || 1));
    const top = Math.min(26, 6 + 2.2 * Math.sqrt(most));
    for (const mark of found.marks) {
      const fill = balance(mark);
      const radius = found.kind === "events" ? 6 : Math.max(mark.vague ? 6 : 4, top * Math.sqrt(mark.n_events / most));
      const circle = L.circleMarker([mark.latitude, mark.longitude], {
        radius, weight: mark.vague ? 1.5 : 1, color: mark.vague ? fill : colour("--d-ground"), dashArray: mark.vague ? "4 3" : null,
        fillColor: fill, fillOpacity: mark.vague ? 0.12 : 0.75,
      });
      circle.bindPopup(() => (found.kind === "events" ? eventPopup(mark) : cellPopup(mark, found.size)), { maxWidth: 280 });
      marks.addLayer(circle);
    }
    if (first && found.marks.length) fit(found.marks);
    first = false;
  };

  // The first view holds all marks, with room around them.
  const fit = (found) => {
    const bounds = L.latLngBounds(found.map((mark) => [mark.latitude, mark.longitude]));
    map.fitBounds(bounds.pad(0.1), { maxZoom: 5, animate: false });
  };

  const load = async () => {
    asking?.abort();
    asking = new AbortController();
    const view = map.getBounds(), url = new URL(box.dataset.source, location.href);
    const wide = view.getEast() - view.getWest();
    if (wide < 340) {
      const wrapped = (x) => ((((x + 180) % 360) + 360) % 360) - 180;
      const edges = [wrapped(view.getWest()), Math.max(-90, view.getSouth()), wrapped(view.getEast()), Math.min(90, view.getNorth())];
      url.searchParams.set("bbox", edges.map((x) => x.toFixed(4)).join(","));
    }
    url.searchParams.set("zoom", Math.floor(map.getZoom()));
    try {
      const answer = await fetch(url, { signal: asking.signal });
      const found = await answer.json();
      if (!answer.ok) throw new Error(found.error.message);
      draw(found);
    } catch (error) {
      if (error.name !== "AbortError") document.getElementById("told").textContent = error.message;
    }
  };

  map.on("moveend", load);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", load);
  fetch(box.dataset.outline).then((answer) => answer.json()).then((outline) => {
    for (const [code, rings] of Object.entries(outline)) {
      const polygon = L.polygon(rings.map(points), { interactive: false, smoothFactor: 0.6 });
      countries.set(code, polygon);
      land.addLayer(polygon);
    }
    paint();
    marks.eachLayer((mark) => mark.bringToFront());
  });
  load();
})();
