import { verbs } from '../cli.js';

export default { load: () => verbs().map(({ verb, about }) => ({ verb, about })) };
