// The manual as a site of its own: `make manual` builds it into target/manual.
import { defineConfig } from 'vitepress';

export default defineConfig({
  title: 'thutuc',
  description: "A rules engine for Vietnam's administrative procedures",
  outDir: '../../target/manual',
  cacheDir: '../../target/manual-cache',
  // Relative: it can be read from any folder of a server.
  base: process.env.MANUAL_BASE ?? '/',
  srcExclude: ['base/**', 'node_modules/**'],
  // READMEs of packages link to files of the repository.
  ignoreDeadLinks: [/^\.{1,2}\/(?:\.\.\/)*(?:core|bindings|rules|tests|web-demo|docs)\//],
  markdown: { config: (md) => nameFiles(md) },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: [
      { text: 'Writing rules', items: [
        { text: 'Add a procedure in 15 minutes', link: '/add-a-procedure' },
        { text: 'Thêm một thủ tục trong 15 phút', link: '/vi/add-a-procedure' },
        { text: 'The rule language by example', link: '/language' },
        { text: 'How law changes', link: '/law-changes' },
        { text: 'Reference of the rule language', link: '/reference' },
        { text: 'Diagnostics', link: '/diagnostics/' },
      ] },
      { text: 'Deciding', items: [
        { text: 'The decision', link: '/decision' },
        { text: 'The types', link: '/hosts/types' },
      ] },
      { text: 'Many cases', items: [
        { text: 'Tables of cases', link: '/batch' },
        { text: 'Simulating a reform', link: '/simulation' },
        { text: 'Assessments', link: '/assessment' },
      ] },
      { text: 'Hosts', items: [
        { text: 'The command line', link: '/shell/' },
        { text: 'Browser', link: '/hosts/browser' },
        { text: 'Node', link: '/hosts/node' },
        { text: 'Python', link: '/hosts/python' },
        { text: 'Rust', link: '/hosts/rust' },
      ] },
    ],
  },
});

/** Shows the title of a block, ```yaml [rules/a.yaml], as the name of the file it is. */
function nameFiles(md) {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, at, ...rest) => {
    const file = /\[(.+)\]/.exec(tokens[at].info)?.[1];
    return (file ? `<p><code>${md.utils.escapeHtml(file)}</code></p>` : '') + fence(tokens, at, ...rest);
  };
}
