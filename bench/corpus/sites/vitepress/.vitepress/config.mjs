export default { title: 'Corpus', description: 'Docs' };
