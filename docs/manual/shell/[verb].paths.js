import { verbs } from '../cli.js';

export default {
  paths: () => verbs().map(({ verb, about, help }) => ({ params: { verb }, content: `# thutuc ${verb}\n\n${about}\n\n\`\`\`text\n${help}\`\`\`\n` })),
};
