// axe finds nothing on any page, in either language, light or dark, on a desk or a phone.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { answerAll, handInPapers, journey, journeys, open, openForm, tell } from './form.js';

async function clean(page: Page): Promise<void> {
  // The result that stays at the edge of a phone covers what scrolls beneath it: that makes no target smaller.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('thutuc-form::part(strip) { position: static }');
    document.adoptedStyleSheets = [sheet];
  });
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((node) => node.target.flat().join(' '))])).toEqual([]);
}

for (const scheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries({ desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } })) {
    test.describe(`${scheme}, ${size}`, () => {
      test.use({ colorScheme: scheme, viewport });
      test('home', async ({ page }) => {
        await open(page, '/');
        await expect(page.locator('.card').first()).toBeVisible();
        await clean(page);
      });
      test('a form that is begun, refused, accepted, filed', async ({ page }) => {
        const form = await openForm(page, '1.004222');
        await clean(page);
        await form.locator('.question button[type=submit]').click();
        await clean(page);
        const { facts } = journey('1.004222');
        await tell(form, { ...facts, 'residence.area_per_person': '6' });
        await form.locator('details').evaluateAll((all) => all.forEach((one) => { (one as HTMLDetailsElement).open = true; }));
        await clean(page);
        await tell(form, facts);
        await answerAll(form, facts);
        await handInPapers(form);
        await clean(page);
        await form.locator('.handing-in button.first').click();
        await expect(page.locator('.receipt')).toBeVisible();
        await clean(page);
      });
      test('the whole form under the law of another day', async ({ page }) => {
        await page.addInitScript(() => localStorage.setItem('thutuc-mode', 'all'));
        const form = await openForm(page, '1.004222', 'en');
        await tell(form, journey('1.004222').facts);
        await page.locator('details.time summary').click();
        await page.locator('.slide input[type=range]').fill('3');
        await expect(form.locator('.changed').first()).toBeVisible();
        await clean(page);
      });
      test('the explorer', async ({ page }) => {
        await open(page, '/quy-tac/1.001193#fees');
        await page.getByLabel('Cả những quy tắc').check();
        await expect(page.locator('article.past').first()).toBeVisible();
        await clean(page);
      });
      test('finding a case', async ({ page }) => {
        await open(page, '/ho-so', 'en');
        await page.locator('input[name=number]').fill('x');
        await page.locator('input[name=secret]').fill('y');
        await page.getByRole('button', { name: 'Open the case' }).click();
        await expect(page.getByRole('alert')).toContainText('cannot be opened');
        await clean(page);
      });
    });
  }
}

for (const { procedure, facts } of journeys) {
  test(`every question of ${procedure}`, async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('thutuc-mode', 'all'));
    const form = await openForm(page, procedure);
    await tell(form, facts);
    await clean(page);
  });
}
