// cases.js N: the first N cases of the reference workload, a line of JSON each, for hosts that do not run JavaScript.
import { workload } from '../bindings/wasm/workload.js';

for (const one of workload(Number(process.argv[2]))) console.log(JSON.stringify(one));
