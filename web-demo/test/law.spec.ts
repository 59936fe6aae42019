// The law of other days, and the way from a line to its rule.
import { expect, test } from '@playwright/test';
import { open, openForm, journey, tell } from './form.js';

test('the law of another day is read, and what differs is marked', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  const { facts } = journey('1.004222');
  await tell(form, { ...facts, 'submission.channel': 'vneid_app' });
  await expect(form.locator('[data-fee]')).toHaveAttribute('data-fee', '0');
  await page.locator('details.time summary').click();
  await page.locator('.slide input[type=date]').fill('2026-03-01');
  await page.locator('.slide input[type=date]').dispatchEvent('change');
  await expect(form.locator('[data-fee]')).toHaveAttribute('data-fee', '10000');
  await expect(form.locator('section[aria-labelledby=fees] .changed').first()).toContainText('0 đ');
  await expect(form.locator('.law')).toContainText('01/03/2026');
  // Cases are filed under the law of today.
  await expect(form.locator('.handing-in')).toHaveCount(0);
  await page.getByRole('button', { name: 'Về hôm nay' }).click();
  await expect(form.locator('[data-fee]')).toHaveAttribute('data-fee', '0');
  await expect(form.locator('.changed')).toHaveCount(0);
});

test('the slider stops on the days the law changes', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await page.locator('details.time summary').click();
  const slider = page.locator('.slide input[type=range]');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', '01/07/2021');
  await expect(form.locator('.law')).toContainText('01/07/2021');
});

test('from a line of the decision one click to its rule', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await tell(form, { 'submission.channel': 'in_person', 'residence.basis': 'rent', 'residence.area_per_person': '6', 'applicant.groups': [] });
  await form.locator('.line.unmet .rule').click();
  await expect(page).toHaveURL(/\/quy-tac\/1\.004222#eligibility\.rent_area$/);
  const rule = page.locator('[id="eligibility.rent_area"]');
  await expect(rule).toHaveClass(/sought/);
  await expect(rule).toBeInViewport();
  await expect(rule).toContainText('residence.area_per_person >= min_area');
  await expect(rule).toContainText('theo trí nhớ');
  await page.goBack();
  await expect(form.locator('.line.unmet')).toHaveCount(1);
  await form.locator('section[aria-labelledby=fees] .rule').click();
  await expect(page.locator('[id="fees.registration.desk"]')).toHaveClass(/sought/);
});

test('the explorer has every rule with its days; those of other days on request', async ({ page }) => {
  await open(page, '/quy-tac/1.004222', 'en');
  await expect(page.locator('article.rule-of')).not.toHaveCount(0);
  const inForce = await page.locator('article.rule-of').count();
  await page.getByLabel('Also rules that are no longer').check();
  expect(await page.locator('article.rule-of').count()).toBeGreaterThan(inForce);
  await expect(page.locator('article.past').first()).toContainText('not in force on this day');
});

test('what is sought without diacritics is found, in either language', async ({ page }) => {
  await open(page, '/');
  const all = await page.locator('.card').count();
  for (const [sought, code] of [['dang ky thuong tru', '1.004222'], ['Đăng  ký THƯỜNG trú'.normalize('NFD'), '1.004222'], ['passport', '1.001456'], ['3.000333', '3.000333']] as const) {
    await page.locator('#sought').fill(sought);
    await expect(page.locator('.card').first()).toHaveAttribute('href', `/thu-tuc/${code}`);
    expect(await page.locator('.card').count()).toBeLessThan(all / 3);
  }
  await page.locator('#sought').fill('xyz');
  await expect(page.locator('.card')).toHaveCount(0);
  await expect(page.locator('#count')).toContainText('Không có thủ tục nào khớp');
});

test('a province has its own rules where the pack has them', async ({ page }) => {
  const form = await openForm(page, '1.001193');
  await page.getByLabel('Nơi làm thủ tục').selectOption('ha_noi');
  await expect.poll(() => form.evaluate((one) => (one as unknown as { decision: { jurisdiction?: string } }).decision?.jurisdiction)).toBe('ha_noi');
});

test('a checklist prints without the controls', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await tell(form, journey('1.004222').facts);
  await page.emulateMedia({ media: 'print' });
  await expect(form.locator('.papers')).toBeVisible();
  await expect(form.locator('.handing-in')).toBeHidden();
  await expect(page.locator('.tools').first()).toBeHidden();
});
