// Installs the packages as they are published: tarballs into empty folders, the wheel into a fresh environment.
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blank, bundle, node, root, run, thutuc, venv, wasm, work, write } from './place.js';

rmSync(work, { recursive: true, force: true });
blank('.');
thutuc('bundle', '-o', bundle);

for (const [folder, source] of [[wasm, 'bindings/wasm/js'], [node, 'bindings/node']]) {
  const packed = run('npm', ['pack', '--json', '--pack-destination', work], { cwd: join(root, source) });
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[')));
  write(folder, 'package.json', JSON.stringify({ name: 'example', private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', '--offline', join(work, filename)], { cwd: folder });
  copyFileSync(bundle, join(folder, 'pack.thutuc'));
}

const wheels = join(root, 'target/python-host/dist');
const wheel = readdirSync(wheels).find((name) => name.endsWith('.whl'));
run(process.env.PYTHON ?? 'python3', ['-m', 'venv', venv]);
run(join(venv, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', join(wheels, wheel), 'mypy', 'pydantic']);
