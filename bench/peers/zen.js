// GoRules ZEN in Node, from a folder in which `bench/peers/prepare.sh` has installed it and written the workload as its graphs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { decide } from '../hand.js';

/** ZEN as a system to compare, its answers held to those by hand first. It answers from another thread, so it is asynchronous. */
export async function zen(folder, cases) {
  const require = createRequire(join(resolve(folder), 'node', 'package.json'));
  const { ZenDecisionContent, ZenEngine } = require('@gorules/zen-engine');
  const graph = readFileSync(join(folder, 'rules', 'zen-full-expr.json'));
  const decision = new ZenEngine().createDecision(new ZenDecisionContent(graph));
  const some = cases.slice(0, 100);
  for (const { facts, asOf, whole } of some) {
    const { result } = await decision.evaluate(whole);
    const byHand = decide(facts, asOf);
    assert.deepEqual([result.reasons.map((code) => code.toLowerCase()), result.documents, result.fee, result.deadline],
      [byHand.reasons, byHand.documents, byHand.fee, byHand.deadline]);
  }
  const { version } = require('@gorules/zen-engine/package.json');
  return { system: `ZEN ${version}`, size: some.length, every: 4, run: async () => { for (const { whole } of some) await decision.evaluate(whole); } };
}
