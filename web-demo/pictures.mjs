// Takes the pictures of docs/pictures from a running server: node pictures.mjs [address]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const site = process.argv[2] ?? 'http://localhost:8080';
const into = (name) => fileURLToPath(new URL(`../docs/pictures/${name}.png`, import.meta.url));
const { facts } = JSON.parse(readFileSync(new URL('test/journeys.json', import.meta.url), 'utf8')).find((one) => one.procedure === '1.004222');
const root = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: root ? ['--no-sandbox'] : [] });

async function taken({ width, height, scheme, told, ask, lang = 'vi', scroll, scale = 1 }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, deviceScaleFactor: scale, serviceWorkers: 'block' });
  await page.clock.setFixedTime(new Date('2026-11-23T09:00:00+07:00'));
  await page.goto(`${site}/thu-tuc/1.004222?lang=${lang}`);
  const form = page.locator('thutuc-form');
  await form.locator('.outcome').waitFor();
  await form.evaluate((one, all) => one.tell(all), told);
  if (ask) await form.evaluate((one, fact) => one.ask(fact), ask);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.mouse.move(2, 2);
  if (scroll) await form.locator(scroll).evaluate((one) => scrollTo(0, one.getBoundingClientRect().top + scrollY - 16));
  await page.waitForTimeout(300);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

const desk = { ...facts, 'submission.channel': 'in_person', 'residence.area_per_person': '6' };
writeFileSync(into('form'), await taken({ width: 1280, height: 1010, scheme: 'light', told: desk, ask: 'residence.area_per_person' }));

const phones = [
  await taken({ width: 390, height: 780, scheme: 'light', told: { 'submission.channel': 'in_person' }, scroll: '.question' }),
  await taken({ width: 390, height: 780, scheme: 'dark', told: { ...facts, 'submission.documents': ['ct01', 'lease_contract'] }, scroll: '.panel' }),
  await taken({ width: 390, height: 780, scheme: 'light', told: { ...facts, 'submission.documents': ['ct01', 'lease_contract'] }, scroll: 'section[aria-labelledby=fees]', lang: 'en' }),
];
const page = await browser.newPage({ viewport: { width: 1280, height: 844 } });
await page.setContent(`<body style="margin:0;display:flex;justify-content:space-evenly;align-items:center;height:100vh;background:#e8ecee">${phones
  .map((one) => `<img style="border-radius:18px;box-shadow:0 2px 16px #0003" src="data:image/png;base64,${one.toString('base64')}">`).join('')}</body>`);
await page.waitForTimeout(300);
writeFileSync(into('phones'), await page.screenshot());
await browser.close();
