/* SPDX-License-Identifier: MIT */
/* The texts of a page that are hard to read: WCAG 2.1 wants a contrast of 4.5. test-html.sh makes one
   line of it and a cell of a table: so there is neither a line comment nor a vertical bar. */
(function () {
	function parts(color) {
		var all = color.match(/[\d.]+/g).map(Number);
		return all.length === 3 ? all.concat(1) : all;
	}
	function luminance(color) {
		var linear = color.slice(0, 3).map(function (value) {
			value /= 255;
			return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
		});
		return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
	}
	function ground(element) {
		for (; element !== null; element = element.parentElement) {
			var color = parts(getComputedStyle(element).backgroundColor);
			if (color[3] === 1)
				return color;
		}
		return [255, 255, 255, 1];
	}
	function contrast(element) {
		var style = getComputedStyle(element);
		var own = luminance(parts(element.ownerSVGElement ? style.fill : style.color));
		var below = luminance(ground(element));
		return (Math.max(own, below) + 0.05) / (Math.min(own, below) + 0.05);
	}
	var bad = [];
	var walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		var text = walk.currentNode.textContent.trim();
		var element = walk.currentNode.parentElement;
		var is_shown = element.closest('script, style, desc, title') === null;
		if (text !== '' && is_shown && contrast(element) < 4.5)
			bad.push(text.slice(0, 30) + ' ' + contrast(element).toFixed(2));
	}
	return bad.slice(0, 5);
}())
