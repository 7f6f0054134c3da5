/* SPDX-License-Identifier: MIT */
/* Search and sort. The page is whole without it. Neither the less-than sign nor the ampersand: so a
   parser of XML can read the page too. */
(function () {
	'use strict';
	var form = document.getElementById('search');
	if (form === null)
		return;
	var field = document.getElementById('q');
	var hits = document.getElementById('hits');
	var order = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});
	var texts = new Map();
	var charts = document.querySelector('.charts');
	var none = document.createElement('p');
	var tables = Array.from(document.querySelectorAll('main table')).map(function (table) {
		var of_services = table.parentNode.id === 'services';
		return {
			table: table,
			of_services: of_services,
			items: Array.from(of_services ? table.tBodies : table.tBodies[0].rows)
		};
	});

	function text_of(item) {
		if (!texts.has(item))
			texts.set(item, item.textContent.toLowerCase());
		return texts.get(item);
	}

	function search() {
		var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
		tables.forEach(function (t) {
			var shown = 0;
			t.items.forEach(function (item) {
				var text = text_of(item);
				item.hidden = !words.every(function (word) {
					return text.includes(word);
				});
				shown += item.hidden ? 0 : 1;
			});
			t.table.hidden = shown === 0;
			if (!t.of_services) {
				t.table.parentNode.hidden = shown === 0;
				return;
			}
			none.hidden = shown !== 0;
			hits.textContent = words.length === 0 ? '' :
				shown + ' of ' + t.items.length + ' services';
		});
		charts.hidden = words.length > 0;
	}

	function remember() {
		var to = field.value === '' ? '#' : '#q=' + encodeURIComponent(field.value);
		try {
			history.replaceState(null, '', to);
		} catch (e) {
			return; /* a page in a file may not be let */
		}
	}

	/* "#q=words" searches; a link to what the search hides ends it. */
	function follow() {
		var to = location.hash;
		if (to.startsWith('#q=')) {
			try {
				field.value = decodeURIComponent(to.slice(3));
			} catch (e) {
				field.value = to.slice(3);
			}
			search();
			return;
		}
		var target = to.length > 1 ? document.getElementById(to.slice(1)) : null;
		if (target === null)
			return;
		if (target.closest('[hidden]') === null)
			return;
		field.value = '';
		search();
		target.scrollIntoView();
	}

	function key_of(item, column, of_services) {
		var cell = (of_services ? item.rows[0] : item).cells[column];
		return cell.dataset.key === undefined ? cell.textContent : cell.dataset.key;
	}

	function sort(t, column, heads) {
		var up = heads[column].getAttribute('aria-sort') !== 'ascending';
		heads.forEach(function (head) {
			head.removeAttribute('aria-sort');
		});
		heads[column].setAttribute('aria-sort', up ? 'ascending' : 'descending');
		t.items.sort(function (a, b) {
			var less = order.compare(key_of(a, column, t.of_services),
				key_of(b, column, t.of_services));
			return up ? less : -less;
		});
		(t.of_services ? t.table : t.table.tBodies[0]).append.apply(
			t.of_services ? t.table : t.table.tBodies[0], t.items);
	}

	tables.forEach(function (t) {
		var heads = Array.from(t.table.tHead.rows[0].cells);
		heads.forEach(function (head, column) {
			var button = document.createElement('button');
			button.type = 'button';
			button.setAttribute('aria-label', 'Sort by ' + head.textContent);
			head.append(button);
			head.className += ' sorts';
			head.addEventListener('click', function () {
				sort(t, column, heads);
			});
		});
	});
	none.textContent = 'No service fits the search.';
	none.className = 'dim';
	none.hidden = true;
	document.getElementById('services').append(none);
	form.hidden = false;
	form.addEventListener('submit', function (event) {
		event.preventDefault();
	});
	field.addEventListener('input', function () {
		search();
		remember();
	});
	window.addEventListener('hashchange', follow);
	follow();
}());
