// Days as the packing reads and writes them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, textOf } from '../js/src/packing.js';

test('a day is written as a `Date` writes it, and read as it was written', () => {
  const [first, last] = [dayOf('0001-01-01'), dayOf('9999-12-31')];
  for (let day = first; day <= last; day += day < dayOf('1880-01-01') || day > dayOf('2130-01-01') ? 13 : 1) {
    const text = textOf(day);
    assert.equal(text, new Date(day * 86_400_000).toISOString().slice(0, 10));
    assert.equal(dayOf(text), day);
  }
  assert.equal(textOf(last + 1), '10000-01-01');
});
