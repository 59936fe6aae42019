// The page as a whole: policy, weight, without a network, in a portal, held to its promise.
import { createServer, type Server } from 'node:http';
import { expect, test } from '@playwright/test';
import { answerAll, handInPapers, journey, openForm, open, tell } from './form.js';
import { MOMENT, PORT } from './place.js';

const SITE = `http://localhost:${PORT}`;

test('nothing on the page is against its own strict policy', async ({ page }) => {
  const broken: string[] = [];
  page.on('console', (message) => { if (/Content Security Policy|Trusted/i.test(message.text())) broken.push(message.text()); });
  page.on('pageerror', (error) => broken.push(error.message));
  const form = await openForm(page, '1.004222');
  await tell(form, journey('1.004222').facts);
  await page.getByRole('link', { name: 'Xem mọi quy tắc' }).click();
  await expect(page.locator('article.rule-of').first()).toBeVisible();
  expect(broken).toEqual([]);
  const injected = await page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'document.title = "taken over"';
      document.head.append(script);
    } catch { return 'refused'; }
    return document.title;
  });
  expect(injected).not.toBe('taken over');
});

test('the first visit weighs less than 400 KB', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  const form = await openForm(page, '1.004222');
  await expect(form.locator('.outcome')).toBeVisible();
  await page.waitForLoadState('networkidle');
  console.log(`first visit: ${(bytes / 1000).toFixed(1)} KB over the wire`);
  expect(bytes).toBeLessThan(400_000);
});

for (const [size, viewport] of Object.entries({ desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } })) {
  test(`nothing jumps while the page loads and is answered, ${size}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.addInitScript(() => {
      const shifts: { value: number; of: string[] }[] = [];
      (window as unknown as { shifts: typeof shifts }).shifts = shifts;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Node }[] })[]) {
          if (!entry.hadRecentInput) shifts.push({ value: entry.value, of: entry.sources.map(({ node }) => (node instanceof Element ? `${node.localName}.${node.className}` : String(node?.nodeName))) });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const form = await openForm(page, '1.004222');
    await page.waitForLoadState('networkidle');
    await answerAll(form, journey('1.004222').facts);
    const shifts = await page.evaluate(() => (window as unknown as { shifts: { value: number; of: string[] }[] }).shifts);
    const total = shifts.reduce((sum, one) => sum + one.value, 0);
    console.log(`layout shift, ${size}: ${total.toFixed(4)}`, ...shifts.filter((one) => one.value > 0.005).map((one) => `${one.value.toFixed(3)} ${one.of.join(' ')};`));
    // Below 0.1 a page is called good.
    expect(total).toBeLessThan(0.1);
  });
}

test.describe('without a network', () => {
  test.use({ serviceWorkers: 'allow' });
  test('the form works after the first visit; a submission waits', async ({ page, context }) => {
    await open(page, '/');
    await page.evaluate(() => navigator.serviceWorker.ready.then((worker) => worker.active?.state));
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await context.setOffline(true);
    await expect(page.locator('.offline')).toBeVisible();
    await page.goto('/thu-tuc/1.004222');
    const form = page.locator('thutuc-form');
    const { facts } = journey('1.004222');
    await answerAll(form, facts);
    await handInPapers(form);
    await form.locator('.handing-in button.first').click();
    await expect(form.locator('.notice')).toContainText('Chưa gửi được hồ sơ');
    await page.reload();
    await expect(form.locator('.outcome')).toHaveAttribute('data-outcome', 'accept');
    await context.setOffline(false);
    await expect(page.locator('.offline')).toHaveCount(0);
    await form.locator('.handing-in button.first').click();
    await expect(page.locator('h1')).toHaveText('Giấy tiếp nhận và hẹn trả kết quả');
  });
});

test('a fee changed on the way is refused, and the form goes on', async ({ page }) => {
  const form = await openForm(page, '1.004222');
  await tell(form, journey('1.004222').facts);
  await handInPapers(form);
  await page.route('**/api/submissions', (route) => {
    const body = route.request().postDataJSON() as { promised: { fee: number } };
    body.promised.fee = 0;
    return route.continue({ postData: JSON.stringify(body) });
  });
  await form.locator('.handing-in button.first').click();
  await expect(form.locator('.notice')).toContainText('10.000');
  await page.unroute('**/api/submissions');
  await form.getByRole('button', { name: 'Cập nhật và xem lại' }).click();
  await expect(form.locator('.notice')).toHaveCount(0);
  await form.locator('.handing-in button.first').click();
  await expect(page.locator('h1')).toHaveText('Giấy tiếp nhận và hẹn trả kết quả');
});

test('a stale pack is told to update; the draft survives', async ({ page }) => {
  const { bundleOfOtherRules } = await import('./other-pack.js');
  const stale = bundleOfOtherRules('"in_person","post"   | 2025-07-01 |            | 20000 ', '"in_person","post"   | 2025-07-01 |            | 25000 ');
  await page.route('**/pack.bundle', (route) => route.fulfill({ body: stale, contentType: 'application/octet-stream' }));
  const form = await openForm(page, '1.004222');
  await tell(form, { ...journey('1.004222').facts, 'submission.channel': 'in_person' });
  await handInPapers(form);
  await expect(form.locator('[data-fee]')).toHaveAttribute('data-fee', '25000');
  await form.locator('.handing-in button.first').click();
  await expect(form.locator('.notice')).toContainText('Quy định đã được cập nhật');
  await page.unroute('**/pack.bundle');
  await form.getByRole('button', { name: 'Cập nhật và xem lại' }).click();
  await expect(form.locator('[data-fee]')).toHaveAttribute('data-fee', '20000');
  await form.locator('.handing-in button.first').click();
  await expect(page.locator('.receipt')).toContainText('20.000');
});

test.describe('in a portal of its own', () => {
  let portal: Server;
  test.beforeAll(async () => {
    portal = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(PORTAL);
    });
    await new Promise<void>((ready) => portal.listen(PORT + 1, ready));
  });
  test.afterAll(() => { portal.close(); });

  const PORTAL = `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<title>Cổng của tỉnh</title>
<style>thutuc-form { --thutuc-accent: rgb(120, 20, 60) }</style>
<h1>Đăng ký thường trú</h1>
<script type="module" src="${SITE}/thutuc-form.js"></script>
<thutuc-form procedure="1.004222" action="${SITE}/api/submissions"></thutuc-form>
</html>`;

  test('two lines embed the form; it can be themed, heard and told', async ({ page }) => {
    await page.clock.setFixedTime(new Date(`${MOMENT}:00+07:00`));
    await page.goto(`http://localhost:${PORT + 1}/`);
    const form = page.locator('thutuc-form');
    await expect(form.locator('.outcome')).toHaveAttribute('data-outcome', 'ask');
    await expect(form.locator('.question button[type=submit]')).toHaveCSS('background-color', 'rgb(120, 20, 60)');
    const heard = page.evaluate(() => new Promise<string>((tell) => {
      document.querySelector('thutuc-form')!.addEventListener('thutuc-decision', (event) => {
        const { decision } = (event as CustomEvent<{ decision: { outcome: string } }>).detail;
        if (decision.outcome === 'accept') tell(decision.outcome);
      });
    }));
    await answerAll(form, journey('1.004222').facts);
    expect(await heard).toBe('accept');
    await handInPapers(form);
    const submitted = page.evaluate(() => new Promise<{ number: string; secret: string }>((tell) => {
      document.addEventListener('thutuc-submitted', (event) => tell((event as CustomEvent<{ number: string; secret: string }>).detail));
    }));
    await form.locator('.handing-in button.first').click();
    expect((await submitted).number).toMatch(/^000\.00\.00\.H26-261123-/);
    // Without an explorer there are no links to rules.
    await expect(form.locator('.rule')).toHaveCount(0);
  });
});
