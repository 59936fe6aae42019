// From the search to the receipt, in both languages, on a desk and on a phone.
import { expect, test } from '@playwright/test';
import { answerAll, handInPapers, journeys, open } from './form.js';

const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const WORDS = {
  vi: { outcome: 'Đủ điều kiện nộp hồ sơ', free: 'Miễn phí', money: (fee: number) => `${fee.toLocaleString('de-DE')}\u00A0đ`, receipt: 'Giấy tiếp nhận và hẹn trả kết quả' },
  en: { outcome: 'You can file', free: 'Free', money: (fee: number) => `${fee.toLocaleString('en-US')}\u00A0VND`, receipt: 'Receipt and appointment' },
};

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const lang of ['vi', 'en'] as const) {
    for (const { procedure, sought, facts, fee, dueOn, papers } of journeys) {
      test(`${procedure} ${lang} ${size}`, async ({ page }) => {
        await page.setViewportSize(viewport);
        await open(page, '/', lang);
        await page.locator('#sought').fill(sought);
        await page.locator(`a[href="/thu-tuc/${procedure}"]`).click();
        const form = page.locator('thutuc-form');
        const order = await answerAll(form, facts);
        expect(order.length).toBeGreaterThan(3);
        await expect(form.locator('.outcome')).toHaveAttribute('data-outcome', 'accept');
        await expect(form.locator('.verdict')).toHaveText(WORDS[lang].outcome);
        const figure = form.locator('section[aria-labelledby=fees] .figure');
        if (fee !== null) await expect(figure).toContainText(fee === 0 ? WORDS[lang].free : WORDS[lang].money(fee));
        if (dueOn !== null) await expect(form.locator('[data-due]')).toHaveAttribute('data-due', dueOn);
        await expect(form.locator('.paper.required')).toHaveCount(papers.length);
        const submit = form.locator('.handing-in button.first');
        await expect(submit).toBeDisabled();
        await handInPapers(form);
        await submit.click();
        await expect(page.locator('h1')).toHaveText(WORDS[lang].receipt);
        await expect(page.locator('.number')).toHaveText(/^000\.00\.00\.H26-261123-\d{4,}$/);
        await expect(page.locator('.receipt')).toContainText(procedure);
        // No page is wider than the screen.
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      });
    }
  }
}
