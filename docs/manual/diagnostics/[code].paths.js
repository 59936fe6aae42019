import { codes } from '../cli.js';

const yaml = (text) => `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;

export default {
  paths: () => codes().map(({ code, severity, meaning, why, bad, mended }) => ({
    params: { code },
    content: [`# ${code}`, `${severity}: ${meaning}.`, why, '## An example that has it', yaml(bad), '## Mended', yaml(mended), ''].join('\n\n'),
  })),
};
