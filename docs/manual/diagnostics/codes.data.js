import { codes } from '../cli.js';

export default { load: () => codes().map(({ code, severity, meaning }) => ({ code, severity, meaning })) };
