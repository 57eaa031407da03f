import { index, route } from '@react-router/dev/routes';

export default [
  index('routes/home.jsx'),
  route('walks/:slug', 'routes/walk.jsx'),
  route('tonight', 'routes/tonight.jsx'),
  route('api/edited', 'routes/edited.js'),
];
