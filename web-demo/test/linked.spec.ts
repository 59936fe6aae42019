// A linked service: one submission, several procedures, each step with its day.
import { expect, test } from '@playwright/test';
import { answerAll, open, openForm, tell, type Facts } from './form.js';

const mother: Facts = {
  'applicant.full_name': 'Trần Thị Bình',
  'applicant.birth_date': '1995-03-08',
  'applicant.sex': 'female',
  'applicant.citizenship': 'vietnamese',
  'applicant.groups': [],
  'linked_birth.registered': false,
  'linked_birth.by_parent': true,
  'linked_birth.household': 'parents',
  'linked_birth.card': false,
  'data.birth_paper': true,
  'data.residence': true,
  'birth.surrogacy': false,
  'submission.filed_by': 'self',
  'submission.channel': 'online',
  'account.holder': 'individual',
  'account.login': 'vneid',
  'account.level': '2',
  'account.locked': false,
  'account.card_expires': '2035-03-08',
  'account.personal_id': '038195000456',
  'account.full_name': 'Trần Thị Bình',
  'account.birth_date': '1995-03-08',
  'account.five_papers': false,
  'child.birth_date': '2027-01-30',
};

/** Filed on the last afternoon before Tết, after 15:00. */
async function beforeTet(page: import('@playwright/test').Page) {
  const form = await openForm(page, '2.000986');
  await form.evaluate((element) => {
    element.setAttribute('as-of', '2027-02-03');
    element.setAttribute('received-at', '2027-02-03T15:30');
  });
  await expect(form.locator('.law')).toContainText('03/02/2027');
  return form;
}

test('a child born just before Tết: every question once, every paper once, every step with its day', async ({ page }) => {
  const form = await beforeTet(page);
  const order = await answerAll(form, mother);
  expect(new Set(order).size).toBe(order.length);
  expect(order).toContain('birth.surrogacy');
  await expect(form.locator('.outcome')).toHaveAttribute('data-outcome', 'accept');
  // After 15:00 the next working day, 11 February, is day zero: 12, 15, 16 February.
  await expect(form.locator('section[aria-labelledby=deadline] .figure')).toHaveAttribute('data-due', '2027-02-16');
  const step = (id: string) => form.locator(`[data-step=${id}]`);
  await expect(step('birth')).toHaveAttribute('data-due', '2027-02-12');
  await expect(step('birth')).toContainText('08:00 thứ Sáu 12/02/2027');
  await expect(step('residence')).toHaveAttribute('data-due', '2027-02-16');
  await expect(step('residence')).toContainText('Sau bước: Đăng ký khai sinh');
  await expect(step('health_card')).toContainText('chưa có trong nguồn');
  await expect(step('identity_card')).toHaveAttribute('data-outcome', 'not_applicable');
  // The common declaration is asked for once; what the birth step makes is not asked for at all.
  await expect(form.locator('.paper.required')).toHaveCount(1);
  await expect(form.locator('.paper.reused', { hasText: 'kết quả bước “Đăng ký khai sinh”' })).toHaveCount(1);
  await expect(form.locator('section[aria-labelledby=fees] .figure')).toContainText('10.000');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await expect(form.locator('section.linked')).toHaveScreenshot('linked.png');
});

test('a step that is refused says what becomes of the others', async ({ page }) => {
  const form = await beforeTet(page);
  await tell(form, { ...mother, 'linked_birth.household': 'other', 'residence.owner_consent': false });
  await expect(form.locator('.outcome')).toHaveAttribute('data-outcome', 'refuse');
  await expect(form.locator('[data-step=residence]')).toHaveAttribute('data-outcome', 'refuse');
  await expect(form.locator('[data-step=residence]')).toContainText('nguồn chưa nói');
  await expect(form.locator('[data-step=birth]')).toHaveAttribute('data-outcome', 'accept');
  await tell(form, { 'linked_birth.by_parent': false, 'residence.owner_consent': true });
  await expect(form.locator('[data-step=birth]')).toHaveAttribute('data-outcome', 'not_started');
});

test('a line that a step brings leads to the rule of its procedure', async ({ page }) => {
  const form = await openForm(page, '2.000986');
  await tell(form, { ...mother, 'child.birth_date': '2026-11-10' });
  const rule = form.locator('section[aria-labelledby=fees] .rule[href*="1.004222"]');
  await expect(rule).toHaveAttribute('href', /\/quy-tac\/1\.004222#fees\.registration/);
  await open(page, '/quy-tac/2.000986');
  await expect(page.locator('[id="linked.residence"]')).toContainText('1.004222');
});
