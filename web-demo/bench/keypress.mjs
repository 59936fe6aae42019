// From a key press to the updated decision, in Chromium with its processor slowed down four times. Reported, not asserted.
//   node bench/keypress.mjs [address of the server]
import { chromium } from '@playwright/test';
import { readFileSync } from 'node:fs';

const site = process.argv[2] ?? 'http://localhost:8080';
const { facts } = JSON.parse(readFileSync(new URL('../test/journeys.json', import.meta.url), 'utf8')).find((one) => one.procedure === '1.004222');
const root = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: root ? ['--no-sandbox'] : [] });

for (const [mode, slower] of [['one', 1], ['one', 4], ['all', 4]]) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript((chosen) => localStorage.setItem('thutuc-mode', chosen), mode);
  await page.goto(`${site}/thu-tuc/1.004222`);
  await page.locator('thutuc-form .outcome').waitFor();
  await page.evaluate((told) => document.querySelector('thutuc-form').tell(told), facts);
  if (mode === 'one') await page.evaluate(() => document.querySelector('thutuc-form').ask('residence.area_per_person'));
  const field = page.locator('thutuc-form [data-fact="residence.area_per_person"] input');
  await field.focus();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.evaluate(() => {
    const form = document.querySelector('thutuc-form');
    window.decided = [];
    window.painted = [];
    window.ours = [];
    let pressed = 0;
    let heard = 0;
    addEventListener('keydown', (event) => { pressed = event.timeStamp; }, true);
    addEventListener('input', () => { heard = performance.now(); }, true);
    form.addEventListener('thutuc-decision', async () => {
      await form.updateComplete;
      const at = pressed;
      window.decided.push(performance.now() - at);
      window.ours.push(performance.now() - heard);
      requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.now() - at)));
    });
  });
  for (let at = 0; at < 150; at += 1) {
    await page.keyboard.press(['1', '2', 'Backspace', '7', 'Backspace', 'Backspace'][at % 6]);
    await page.waitForTimeout(30);
  }
  const { decided, painted, ours } = await page.evaluate(() => ({ decided: window.decided, painted: window.painted, ours: window.ours }));
  const told = (all) => [0.5, 0.95, 0.99].map((part) => `p${part * 100} ${[...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))].toFixed(1)} ms`).join(', ');
  console.log(`mode ${mode}, processor ${slower}x slower, ${decided.length} key presses: decision on the page ${told(decided)}, of which after the browser's own work ${told(ours)}; painted ${told(painted)}`);
  await page.close();
}
await browser.close();
