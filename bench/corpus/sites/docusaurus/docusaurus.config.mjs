export default {
  title: 'Corpus',
  url: 'http://localhost',
  baseUrl: '/',
  onBrokenLinks: 'ignore',
  presets: [['classic', { docs: { routeBasePath: '/', sidebarPath: undefined }, blog: false }]],
  themeConfig: { navbar: { title: 'Docusaurus' }, announcementBar: { content: 'Something new' } },
};
