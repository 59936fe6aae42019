// How the key screens look.
import { expect, test } from '@playwright/test';
import { handInPapers, journey, open, openForm, tell } from './form.js';

const desk = { 'submission.channel': 'in_person', 'residence.basis': 'rent', 'residence.owner_consent': true, 'applicant.birth_date': '1990-05-01', 'applicant.groups': [], 'data.population': true, 'data.housing': true };
const still = async (page: import('@playwright/test').Page) => page.evaluate(() => document.fonts.ready.then(() => undefined));

test('home', async ({ page }) => {
  await open(page, '/');
  await expect(page.locator('.card').first()).toBeVisible();
  await still(page);
  await expect(page).toHaveScreenshot('home.png');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`a refusal, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const form = await openForm(page, '1.004222');
    await tell(form, { ...desk, 'residence.area_per_person': '6' });
    await still(page);
    await expect(page).toHaveScreenshot(`refused-${scheme}.png`, { fullPage: true, mask: [form.locator('.law code')], maskColor: '#888' });
  });
}

test('a question on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const form = await openForm(page, '1.004222');
  await tell(form, { 'submission.channel': 'in_person' });
  await form.locator('.question').scrollIntoViewIfNeeded();
  await still(page);
  await expect(form.locator('.question')).toHaveScreenshot('question-phone.png');
});

test('accepted, on a phone, in English', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const form = await openForm(page, '1.004222', 'en');
  await tell(form, journey('1.004222').facts);
  await handInPapers(form);
  await still(page);
  await expect(form.locator('.panel')).toHaveScreenshot('accepted-phone-en.png', { mask: [form.locator('.law code')], maskColor: '#888' });
});

test('a rule in the explorer', async ({ page }) => {
  await open(page, '/quy-tac/1.004222#fees.registration.desk');
  await expect(page.locator('.sought')).toBeVisible();
  await still(page);
  await expect(page).toHaveScreenshot('rule.png');
});
