// What the form does with answers: mistakes in words, odd texts, what is set aside, a refusal that turns.
import { expect, test, type Locator } from '@playwright/test';
import { answerAll, asked, fill, handInPapers, journey, openForm, tell } from './form.js';

const { facts } = journey('1.004222');
const desk = {
  'submission.channel': 'in_person', 'residence.basis': 'rent', 'residence.owner_consent': true, 'residence.area_per_person': '6',
  'applicant.birth_date': '1990-05-01', 'applicant.groups': [], 'data.population': true, 'data.housing': true,
};
const question = (form: Locator, fact: string) => form.locator(`.question .field[data-fact="${fact}"]`);

test('a refusal names the fact, and turns when it is changed', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await answerAll(form, desk);
  await expect(form.locator('.outcome')).toHaveAttribute('data-outcome', 'refuse');
  const unmet = form.locator('.line.unmet');
  await expect(unmet).toHaveCount(1);
  await expect(unmet.locator('.message')).toContainText('6 m²/người');
  await expect(unmet.locator('.source')).toContainText('Điều 20 68/2020/QH14');
  await expect(unmet.locator('.source')).toContainText('theo trí nhớ');
  await unmet.locator('.because li').filter({ hasText: 'Diện tích sàn' }).getByRole('button').click();
  const area = question(form, 'residence.area_per_person');
  await expect(area.locator('input')).toBeFocused();
  await area.locator('input').fill('8');
  await expect(form.locator('.outcome')).toHaveAttribute('data-outcome', 'accept');
  await expect(form.locator('.line.unmet')).toHaveCount(0);
});

test('numbers that cannot be read are told at the field, and how to write them', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await tell(form, { 'submission.channel': 'in_person', 'residence.basis': 'rent', 'residence.owner_consent': true });
  const area = question(form, 'residence.area_per_person');
  await area.locator('input').fill('tám');
  await expect(area.locator('.mistake')).toHaveText('“tám” không phải là số. Hãy viết bằng chữ số, ví dụ 12,5.');
  await form.locator('.question button[type=submit]').click();
  expect(await asked(form)).toBe('residence.area_per_person');
  await area.locator('input').fill('12,345');
  await expect(area.locator('.mistake')).toContainText('2');
  await expect(area.locator('input')).toHaveAttribute('aria-invalid', 'true');
  await area.locator('input').fill(' 1 200,5 ');
  await expect(area.locator('.mistake')).toBeEmpty();
  await form.locator('.question button[type=submit]').click();
  await expect(form.locator('.answers')).toContainText('1.200,5 m²');
});

test('days that are none are told in words; a pasted day is taken apart', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await tell(form, { ...desk, 'applicant.birth_date': undefined });
  const birth = question(form, 'applicant.birth_date');
  const [day, month, year] = [0, 1, 2].map((at) => birth.locator('input').nth(at)) as [Locator, Locator, Locator];
  await day.fill('30');
  await month.fill('2');
  await year.fill('1990');
  await expect(birth.locator('.mistake')).toHaveText('Tháng 2 năm 1990 có 28 ngày; hãy ghi ngày từ 1 đến 28.');
  await year.fill('90');
  await form.locator('.question button[type=submit]').click();
  await expect(birth.locator('.mistake')).toContainText('4 chữ số');
  await month.fill('13');
  await year.fill('1990');
  await expect(birth.locator('.mistake')).toContainText('Tháng từ 1 đến 12');
  await day.evaluate((input) => {
    const data = new DataTransfer();
    data.setData('text', '\u00A0ngày 1 tháng 5 năm 1990 ');
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
  });
  await expect(year).toHaveValue('1990');
  await expect(birth.locator('.mistake')).toBeEmpty();
  await form.locator('.question button[type=submit]').click();
  await expect(form.locator('.answers')).toContainText('01/05/1990');
});

test('a question without an answer stays, and says so', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await form.locator('.question button[type=submit]').click();
  await expect(form.locator('.question .mistake')).toHaveText('Hãy trả lời câu này rồi tiếp tục.');
  expect(await asked(form)).toBe('submission.channel');
});

test('pasted names with odd spaces and decomposed diacritics match', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  const names = { ...facts, 'applicant.full_name': undefined };
  await tell(form, names);
  expect(await asked(form)).toBe('applicant.full_name');
  await fill(question(form, 'applicant.full_name'), ' Nguyễn\u00A0\u200BVăn   An '.normalize('NFD'));
  await form.locator('.question button[type=submit]').click();
  await expect(form.locator('.outcome')).toHaveAttribute('data-outcome', 'accept');
  expect(await form.evaluate((one) => (one as unknown as { facts: Record<string, string> }).facts['applicant.full_name'])).toBe('Nguyễn Văn An');
});

test('a personal number with spaces is read; a short one is refused in words', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await tell(form, { ...facts, 'account.personal_id': undefined });
  const id = question(form, 'account.personal_id');
  await id.locator('input').fill('001 090 000');
  await form.locator('.question button[type=submit]').click();
  await expect(id.locator('.mistake')).toHaveText('Số định danh cá nhân có 12 chữ số; đang có 9.');
  await id.locator('input').fill('001 090 000 123');
  await expect(id.locator('.mistake')).toBeEmpty();
});

test('answers that no longer matter are set aside and come back', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await tell(form, { ...desk, 'residence.area_per_person': '12' });
  await tell(form, { 'residence.basis': 'own' });
  await expect(form.locator('.aside summary')).toContainText('(2)');
  await expect(form.locator('.answers')).not.toContainText('Diện tích sàn');
  const relevant = await form.evaluate((one) => Object.keys((one as unknown as { facts: object }).facts));
  expect(relevant).not.toContain('residence.area_per_person');
  await tell(form, { 'residence.basis': 'rent' });
  await expect(form.locator('.aside')).toHaveCount(0);
  await expect(form.locator('.answers')).toContainText('12 m²');
});

test('the whole form shows what matters and keeps its order', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('thutuc-mode', 'all'));
  const form = await openForm(page, '1.004222');
  await expect(form.locator('.whole .field')).not.toHaveCount(0);
  await tell(form, { ...desk, 'residence.area_per_person': '12' });
  const shown = await form.locator('.whole > .field').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['fact']));
  expect([...shown].sort()).toEqual(Object.keys(desk).sort());
  await form.locator('.whole .field[data-fact="residence.area_per_person"] input').fill('3');
  await expect(form.locator('.outcome')).toHaveAttribute('data-outcome', 'refuse');
});

test('a profile fills in what the account knows; the draft stays on the device', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await page.locator('select').first().selectOption('an');
  await expect(form.locator('.answers, .question')).not.toHaveCount(0);
  const order = await answerAll(form, facts);
  expect(order).not.toContain('account.full_name');
  expect(order).not.toContain('account.level');
  await expect(form.locator('.answers .badge').first()).toHaveText('từ VNeID');
  await handInPapers(form);
  await page.reload();
  await expect(page.locator('thutuc-form .outcome')).toHaveAttribute('data-outcome', 'accept');
  await expect(page.locator('thutuc-form .paper.required')).toHaveCount(0);
  await page.getByRole('button', { name: 'Xóa câu trả lời' }).click();
  await expect(page.locator('thutuc-form .outcome')).toHaveAttribute('data-outcome', 'ask');
  await expect(page.getByText('Đã xóa câu trả lời trên máy này.')).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('thutuc-draft-1.004222'))).toBeNull();
});

test('every question can be answered from the keyboard', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await form.locator('.question input').first().focus();
  for (const [fact, keys] of [
    ['submission.channel', ['ArrowDown', 'ArrowDown']], ['residence.basis', ['Space']], ['applicant.birth_date', ['1', 'Tab', '5', 'Tab', '1', '9', '9', '0']],
  ] as const) {
    if ((await asked(form)) !== fact) continue;
    for (const key of keys) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await expect(form.locator(`.question .field[data-fact="${fact}"]`)).toHaveCount(0);
    // The next question has the keyboard.
    expect(await form.evaluate((one) => one.shadowRoot!.activeElement?.closest('.question') !== null)).toBe(true);
  }
  await expect(form.locator('.answers dd').first()).toContainText('Trực tiếp');
});

test('the switch of language keeps the answers', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await tell(form, desk);
  await page.getByRole('link', { name: 'English' }).click();
  await expect(form.locator('.verdict')).toHaveText('You cannot file yet');
  await expect(form.locator('.line.unmet .message')).toContainText('6 m² is declared');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveTitle(/Permanent residence/);
});

test('a list of entries is told one by one, and each may be taken out', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await form.evaluate((one) => one.removeAttribute('omit'));
  await tell(form, { ...desk, 'residence.area_per_person': '12' });
  await form.locator('.further summary').click();
  const list = form.locator('[data-fact="case.supplements"]').first();
  const told = () => form.evaluate((one) => (one as unknown as { facts: Record<string, unknown> }).facts['case.supplements']);
  await list.getByRole('button', { name: 'Thêm một mục' }).click();
  await fill(list.locator('[data-fact="requested_on"]').first(), '2026-11-24');
  await fill(list.locator('[data-fact="completed_on"]').first(), '2026-11-26');
  await expect.poll(told).toEqual([{ requested_on: '2026-11-24', completed_on: '2026-11-26' }]);
  await expect(form.locator('[data-due]')).not.toHaveAttribute('data-due', '2026-12-03');
  await list.getByRole('button', { name: 'Xóa mục 1' }).click();
  await expect.poll(told).toEqual([]);
  await expect(form.locator('[data-due]')).toHaveAttribute('data-due', '2026-12-03');
});

test('a further detail that has a value already changes the decision', async ({ page }) => {
  const form = await openForm(page, '1.000894');
  await tell(form, { ...journey('1.000894').facts, 'civil_status.extract_copies': undefined });
  await form.locator('.further summary').click();
  await fill(form.locator('[data-fact="civil_status.extract_copies"]'), '2');
  await expect(form.locator('.lines .fee')).toContainText(['trích lục']);
});
