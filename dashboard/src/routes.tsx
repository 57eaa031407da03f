import { createBrowserRouter, Navigate } from 'react-router';
import { loadPage, loadSession, loadWebsite } from './api/load-ahead.ts';
import { Crashed } from './shell/crashed.tsx';
import { NotFound } from './shell/not-found.tsx';
import { ScreenFailed } from './shell/screen-failed.tsx';
import { SignedIn } from './shell/signed-in.tsx';
import { WebsiteFrame } from './shell/website-frame.tsx';

/** Every screen is loaded when it is first asked for: a module with a `Component`. */
export const router = createBrowserRouter([
  {
    ErrorBoundary: Crashed,
    HydrateFallback: () => null,
    children: [
      { path: 'sign-up', lazy: () => import('./screens/sign-in/sign-up.tsx') },
      { path: 'first-account/:token', lazy: () => import('./screens/sign-in/first-account.tsx') },
      { path: 'invitation/:token', lazy: () => import('./screens/sign-in/invitation.tsx') },
      { path: 'reset/:token', lazy: () => import('./screens/sign-in/reset-password.tsx') },
      {
        Component: SignedIn,
        loader: loadSession,
        children: [
          {
            ErrorBoundary: ScreenFailed,
            children: [
              { index: true, lazy: () => import('./screens/websites/websites.tsx') },
              { path: 'account', lazy: () => import('./screens/account/account.tsx') },
              { path: 'service', lazy: () => import('./screens/service/service.tsx') },
              { path: 'websites/new', lazy: () => import('./screens/new-website/new-website.tsx') },
              {
                path: 'websites/:websiteId',
                Component: WebsiteFrame,
                loader: loadWebsite,
                children: [
                  { index: true, lazy: () => import('./screens/overview/overview.tsx') },
                  { path: 'pages', lazy: () => import('./screens/pages/pages.tsx') },
                  { path: 'page', loader: loadPage, lazy: () => import('./screens/page/page.tsx') },
                  { path: 'check', lazy: () => import('./screens/check/check.tsx') },
                  { path: 'builder', lazy: () => import('./screens/builder/builder.tsx') },
                  { path: 'probe', lazy: () => import('./screens/probe/probe.tsx') },
                  { path: 'warm-up', lazy: () => import('./screens/warm-up/warm-up.tsx') },
                  { path: 'automation', lazy: () => import('./screens/automation/automation.tsx') },
                  { path: 'install', lazy: () => import('./screens/install/install.tsx') },
                  { path: 'settings', lazy: () => import('./screens/settings/settings.tsx') },
                  { path: 'keys', lazy: () => import('./screens/keys/keys.tsx') },
                  { path: 'members', lazy: () => import('./screens/members/members.tsx') },
                  { path: 'audit-log', lazy: () => import('./screens/audit-log/audit-log.tsx') },
                ],
              },
              { path: 'preview', lazy: () => import('./screens/preview/preview.tsx') },
              // These screens are not for signed-in people.
              { path: 'sign-in', element: <Navigate to="/" replace /> },
              { path: '*', Component: NotFound },
            ],
          },
        ],
      },
    ],
  },
]);
