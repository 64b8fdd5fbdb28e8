/* Draws Makan's places on a Leaflet map and tells Streamlit which one was clicked.

   Names reach the page as text only (textContent, setAttribute): whatever an article or a geocoder says stays text. */
(function () {
  "use strict";
  var INK = "#1f2933";
  var map = null, groups = {}, shapes = {}, data = null, version = null, selected = null, clicked = null, fitted = null, labels = {};
  var tiles = null, base = null, names = null, clicks = 0;

  function send(value) {
    value.n = Date.now() * 1000 + (++clicks % 1000); // differs from the last one, also when the same place is clicked again
    window.Streamlit.setComponentValue(value);
  }

  function choose(id) {
    clicked = id;
    highlight(id);
    send({ place: id });
  }

  function radius(count) {
    return Math.min(22, 5 + 2.4 * Math.sqrt(count));
  }

  function style(p, isSelected) {
    var dash = p.dashed ? "5 5" : null;
    if (p.shape === "point") {
      return { radius: radius(p.count), color: isSelected ? INK : "#fff", weight: isSelected ? 3.5 : 1.5, dashArray: null,
        fillColor: p.colour, fillOpacity: p.dashed ? 0.55 : 0.92 };
    }
    if (p.shape === "country") {
      return { radius: radius(p.count), color: isSelected ? INK : p.colour, weight: isSelected ? 3.5 : 2.5, dashArray: p.dashed ? "3 3" : null,
        fillColor: "#fff", fillOpacity: 0.9 };
    }
    if (p.shape === "line") {
      return { color: isSelected ? INK : p.colour, weight: isSelected ? 5 : (p.dashed ? 3 : 4), opacity: 0.95, dashArray: p.dashed ? "9 7" : null, lineCap: p.dashed ? "butt" : "round", fill: false };
    }
    return { color: isSelected ? INK : p.colour, weight: isSelected ? 3 : 1.5, dashArray: dash, fillColor: p.colour,
      fillOpacity: isSelected ? 0.32 : 0.16 };
  }

  function outlineStyle(p, isSelected) {
    return { color: p.colour, weight: isSelected ? 2 : 1, dashArray: p.dashed ? "5 5" : null, fillColor: p.colour,
      fillOpacity: isSelected ? 0.22 : 0.05, interactive: false };
  }

  function restyle(id, isSelected) {
    var shape = shapes[id];
    if (!shape) return;
    if (shape.outline) shape.outline.setStyle(outlineStyle(shape.p, isSelected));
    shape.marks.setStyle(style(shape.p, isSelected));
    if (isSelected && shape.marks.bringToFront) shape.marks.bringToFront();
    shape.focus.forEach(function (layer) {
      var path = layer.getElement();
      if (path) path.setAttribute("aria-pressed", String(isSelected));
    });
  }

  function highlight(id) {
    if (selected !== id && selected !== null) restyle(selected, false);
    selected = id;
    if (id !== null) restyle(id, true);
  }

  function tip(p) {
    var box = document.createElement("div");
    var name = document.createElement("strong"), more = document.createElement("span");
    box.dir = labels.dir || "auto";
    name.textContent = p.name;
    more.textContent = p.detail;
    box.append(name, more);
    return box;
  }

  function makeReachable(layer, p) {
    layer.on("click", function (event) {
      L.DomEvent.stopPropagation(event);
      choose(p.id);
      if (window.matchMedia("(hover: none)").matches) layer.closeTooltip(); // on a touch screen it would stay
    });
    layer.bindTooltip(function () { return tip(p); }, { className: "makan-tip", sticky: p.shape === "line" || p.shape === "area", direction: "top" });
    layer.on("add", function () {
      var path = layer.getElement();
      if (!path) return;
      path.setAttribute("data-place", p.id);
      path.setAttribute("data-shape", p.shape);
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", p.name + ", " + p.detail);
      path.addEventListener("keydown", function (event) {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(p.id); }
      });
    });
  }

  function add(feature) {
    var p = feature.properties, shape = { p: p, focus: [] };
    if (p.shape === "point" || p.shape === "country") {
      if (p.shape === "country" && feature.geometry.type !== "Point") {
        shape.outline = L.geoJSON(feature.geometry, { style: outlineStyle(p, false), interactive: false, pane: "makan-areas" }).addTo(groups.areas);
      }
      shape.marks = L.circleMarker([p.lat, p.lon], Object.assign({ pane: "makan-points", bubblingMouseEvents: false }, style(p, false)));
      makeReachable(shape.marks, p);
      shape.focus.push(shape.marks);
      groups.points.addLayer(shape.marks);
    } else {
      var pane = p.shape === "line" ? "makan-lines" : "makan-areas";
      shape.marks = L.geoJSON(feature.geometry, { style: style(p, false), interactive: p.shape === "area", pane: pane, bubblingMouseEvents: false });
      // A line is thin: a wide unseen one above it takes the clicks.
      var reach = p.shape === "area" ? shape.marks
        : L.geoJSON(feature.geometry, { style: { weight: 18, opacity: 0, color: INK, fill: false }, pane: pane, bubblingMouseEvents: false });
      reach.eachLayer(function (layer) { makeReachable(layer, p); shape.focus.push(layer); });
      var group = p.shape === "line" ? groups.lines : groups.areas;
      group.addLayer(shape.marks);
      if (reach !== shape.marks) group.addLayer(reach);
    }
    shapes[p.id] = shape;
  }

  function draw(collection) {
    Object.values(groups).forEach(function (group) { group.clearLayers(); });
    shapes = {};
    collection.features.forEach(add);
  }

  /* Around all places; at first without those that only act, a capital far from what is told. */
  function bounds(withActors) {
    var box = L.latLngBounds([]);
    Object.values(shapes).forEach(function (shape) {
      if (shape.p.actor && !withActors) return;
      box.extend(shape.p.shape === "line" || shape.p.shape === "area" ? shape.marks.getBounds() : [shape.p.lat, shape.p.lon]);
    });
    return box;
  }

  function fit(withActors) {
    var box = bounds(withActors);
    if (!box.isValid()) box = bounds(true);
    if (box.isValid()) map.fitBounds(box, { padding: [36, 36], maxZoom: 8, animate: false });
  }

  function reveal(shape) {
    var box = shape.marks.getBounds ? shape.marks.getBounds() : L.latLngBounds([shape.marks.getLatLng()]);
    if (!map.getBounds().intersects(box)) map.panTo(box.getCenter());
  }

  function setTiles(on) {
    if (on && !tiles) {
      tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", { maxZoom: 18,
        attribution: '© <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">OpenStreetMap</a>' });
    }
    if (on) { tiles.addTo(map); } else if (tiles) { tiles.remove(); }
    [base, names].forEach(function (layer) { if (layer) { if (on) layer.remove(); else layer.addTo(map); } });
  }

  function tools() {
    var Tools = L.Control.extend({ options: { position: "topright" }, onAdd: function () {
      var box = L.DomUtil.create("div", "makan-tools");
      var all = L.DomUtil.create("button", "makan-fit", box), street = L.DomUtil.create("button", "makan-tiles", box);
      all.type = street.type = "button";
      street.setAttribute("aria-pressed", "false");
      all.addEventListener("click", function () { fit(true); });
      street.addEventListener("click", function () {
        var on = street.getAttribute("aria-pressed") !== "true";
        street.setAttribute("aria-pressed", String(on));
        setTiles(on);
      });
      L.DomEvent.disableClickPropagation(box);
      return box;
    } });
    map.addControl(new Tools());
  }

  function relabel(texts) {
    var same = labels.lang === texts.lang;
    labels = texts;
    if (same) return;
    var box = map.getContainer();
    box.setAttribute("aria-label", texts.map);
    box.querySelector(".makan-fit").textContent = texts.fit;
    var street = box.querySelector(".makan-tiles");
    street.textContent = texts.tiles;
    street.title = texts.tiles_hint;
    box.querySelector(".leaflet-control-zoom-in").title = texts.zoom_in;
    box.querySelector(".leaflet-control-zoom-out").title = texts.zoom_out;
    document.documentElement.lang = texts.lang;
    nameCountries();
  }

  /* The middle of a country's largest part and its size, in degrees. */
  function seat(geometry) {
    var parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates, best = { size: 0 };
    parts.forEach(function (part) {
      var ring = part[0], doubled = 0, x = 0, y = 0, west = 180, east = -180;
      for (var i = 0; i + 1 < ring.length; i++) {
        var cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
        doubled += cross;
        x += (ring[i][0] + ring[i + 1][0]) * cross;
        y += (ring[i][1] + ring[i + 1][1]) * cross;
        west = Math.min(west, ring[i][0]);
        east = Math.max(east, ring[i][0]);
      }
      if (Math.abs(doubled) > best.size) best = { size: Math.abs(doubled), lat: y / (3 * doubled), lon: x / (3 * doubled), width: east - west };
    });
    return best;
  }

  function nameCountries() {
    if (!names || !window.BASEMAP) return;
    names.clearLayers();
    var known = new Intl.DisplayNames([labels.lang], { type: "region" }), scale = 256 * Math.pow(2, map.getZoom()) / 360;
    window.BASEMAP.features.forEach(function (feature) {
      var code = feature.properties.iso, at = feature.seat || (feature.seat = seat(feature.geometry));
      if (!/^[A-Z]{2}$/.test(code || "") || at.width * scale < 80) return;
      var text = document.createElement("span");
      text.textContent = known.of(code);
      names.addLayer(L.marker([at.lat, at.lon], { interactive: false, keyboard: false, pane: "makan-names",
        icon: L.divIcon({ className: "makan-country", html: text, iconSize: null }) }));
    });
  }

  function begin(leafletMap) {
    map = leafletMap;
    ["areas", "lines", "points"].forEach(function (name, i) {
      map.createPane("makan-" + name).style.zIndex = 410 + 10 * i;
      groups[name] = L.layerGroup().addTo(map);
    });
    map.attributionControl.setPrefix('<a href="https://leafletjs.com" target="_blank" rel="noopener">Leaflet</a>');
    map.attributionControl.addAttribution('<a href="https://www.geonames.org" target="_blank" rel="noopener">GeoNames</a> CC BY 4.0');
    map.attributionControl.addAttribution('<a href="https://whosonfirst.org" target="_blank" rel="noopener">Who\'s On First</a> CC BY 4.0');
    map.attributionControl.addAttribution('<a href="https://www.naturalearthdata.com" target="_blank" rel="noopener">Natural Earth</a>');
    if (window.BASEMAP) {
      map.createPane("makan-base").style.zIndex = 150;
      base = L.geoJSON(window.BASEMAP, { interactive: false, pane: "makan-base", renderer: L.canvas({ pane: "makan-base", padding: 0.5 }),
        style: { color: "#b8c2c4", weight: 1, fillColor: "#f6f4ee", fillOpacity: 1 } }).addTo(map);
      names = L.layerGroup().addTo(map);
    }
    map.createPane("makan-names").style.zIndex = 405;
    map.on("zoomend", nameCountries);
    tools();
    map.on("click", function () { if (selected !== null) choose(null); });
    new ResizeObserver(function () { map.invalidateSize(); }).observe(map.getContainer());
  }

  /* payload: {version, data: FeatureCollection or null where the page should have it already, selected, fit, texts} */
  function show(leafletMap, payload) {
    if (!map) begin(leafletMap);
    relabel(payload.texts);
    if (payload.data) {
      data = payload.data;
      version = payload.version;
      draw(data);
    } else if (payload.version !== version) {
      send({ missing: payload.version });
      return;
    }
    if (fitted !== payload.fit) { fitted = payload.fit; map.invalidateSize(); fit(false); }
    var before = selected;
    highlight(payload.selected);
    // What was chosen beside the map may lie out of its sight; what was clicked on it does not.
    if (payload.selected !== before && payload.selected !== clicked && shapes[payload.selected]) reveal(shapes[payload.selected]);
  }

  window.makan = { show: show, select: choose };
})();
