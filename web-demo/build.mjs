// Builds the component, the site and the server into dist/. `node build.mjs [--cli path]`
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { rulesOf } from './site/rules-of.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const site = join(here, 'dist/site');
const thutuc = join(root, process.argv[process.argv.indexOf('--cli') + 1] && process.argv.includes('--cli') ? process.argv[process.argv.indexOf('--cli') + 1] : 'target/release/thutuc');

rmSync(join(here, 'dist'), { recursive: true, force: true });
mkdirSync(site, { recursive: true });

const wasm = join(root, 'bindings/wasm/js/dist/evaluate.wasm');
cpSync(wasm, join(site, 'evaluate.wasm'));
run(thutuc, ['bundle', '--rules', join(root, 'rules'), '-o', join(site, 'pack.bundle')]);
cpSync(join(here, 'site/public'), site, { recursive: true });

const browser = {
  bundle: true, format: 'esm', target: 'es2022', minify: true, sourcemap: false, logLevel: 'warning', absWorkingDir: here,
  conditions: ['browser'], define: { __WASM__: '"evaluate.wasm"' },
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: 'es2022' } },
};
await build({ ...browser, entryPoints: { 'thutuc-form': 'form/thutuc-form.ts', site: 'site/site.ts' }, outdir: site, splitting: true, chunkNames: 'chunk-[hash]' });
await build({ ...browser, entryPoints: { site: 'site/site.css' }, outdir: site, loader: { '.woff2': 'file' }, assetNames: 'font-[name]' });
await rulesOf({ thutuc, rules: join(root, 'rules'), bundle: join(site, 'pack.bundle'), into: join(site, 'rules') });

const listed = files(site).filter((name) => !name.startsWith('rules/')).sort();
const version = createHash('sha256').update(files(site).sort().map((name) => name + hash(name)).join('\n')).digest('hex').slice(0, 16);
await build({
  ...browser, entryPoints: { worker: 'site/worker.ts' }, outdir: site,
  define: { __VERSION__: JSON.stringify(version), __ASSETS__: JSON.stringify(listed) },
});
await build({
  bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external', logLevel: 'warning', absWorkingDir: here,
  entryPoints: ['server/main.ts', 'server/backup-main.ts'], outdir: join(here, 'dist/server'), outExtension: { '.js': '.js' },
});

// What is sent compressed is compressed once, here.
for (const name of files(site)) {
  if (/\.(woff2|png|br|gz)$/.test(name)) continue;
  const bytes = readFileSync(join(site, name));
  writeFileSync(join(site, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }));
  writeFileSync(join(site, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0) throw new Error(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}; \`make cli\` builds the command line`);
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath ?? one.path, one.name)));
}

function hash(name) {
  return createHash('sha256').update(readFileSync(join(site, name))).digest('hex');
}
