import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { MOMENT, PORT } from './test/place.js';

const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'test',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  snapshotPathTemplate: 'test/pictures/{arg}{ext}',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: [['list']],
  expect: { timeout: 10_000, toHaveScreenshot: { maxDiffPixelRatio: 0.02, animations: 'disabled' } },
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1280, height: 900 },
    serviceWorkers: 'block',
    launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: root ? ['--no-sandbox'] : [] },
  },
  webServer: {
    command: `node dist/server/main.js --port ${PORT} --data ${mkdtempSync(join(tmpdir(), 'thutuc-web-'))} --at ${MOMENT} --submissions-per-minute 100000 --portal http://localhost:${PORT + 1}`,
    url: `http://localhost:${PORT}/api/health`,
    stdout: 'ignore',
    reuseExistingServer: false,
  },
});
