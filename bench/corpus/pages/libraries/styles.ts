import type { Group } from '../../page.ts';
import { boxes, text } from '../../parts.ts';
import { using } from './with.ts';

const plain = (styles: string, content: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${styles}</head><body>${content}</body></html>`;
const link = (path: string) => `<link rel="stylesheet" href="npm/${path}">`;
const script = (path: string) => `<script src="npm/${path}"></script>`;

/** What pages are styled with. */
export const styles: Group = {
  name: 'styles',
  pages: [
    {
      name: 'bootstrap',
      html: plain(
        link('bootstrap/dist/css/bootstrap.min.css'),
        `<nav class="navbar navbar-dark bg-dark"><div class="container"><a class="navbar-brand" href="#">Corpus</a></div></nav><div class="container py-4"><div class="alert alert-warning alert-dismissible fade show">Watch out <button class="btn-close"></button></div><div class="row">${['primary', 'success', 'danger'].map((colour) => `<div class="col"><div class="card text-bg-${colour}"><div class="card-body"><h5 class="card-title">${colour}</h5>${text}</div></div></div>`).join('')}</div><div class="progress mt-4"><div class="progress-bar progress-bar-striped" style="width:70%"></div></div></div>${script('bootstrap/dist/js/bootstrap.bundle.min.js')}`,
      ),
    },
    {
      name: 'bootstrap-modal-and-toast',
      html: plain(
        link('bootstrap/dist/css/bootstrap.min.css'),
        `<div class="container py-4"><h1>Behind it</h1>${text}</div><div class="modal fade" id="m"><div class="modal-dialog"><div class="modal-content"><div class="modal-header"><h5>A modal</h5></div><div class="modal-body">${text}</div></div></div></div><div class="toast-container position-fixed bottom-0 end-0 p-3"><div id="t" class="toast"><div class="toast-body">Saved</div></div></div>${script('bootstrap/dist/js/bootstrap.bundle.min.js')}<script>new bootstrap.Modal('#m').show(); new bootstrap.Toast('#t', { autohide: false }).show()</script>`,
      ),
    },
    {
      name: 'bootstrap-carousel',
      html: plain(
        link('bootstrap/dist/css/bootstrap.min.css'),
        `<div id="c" class="carousel slide"><div class="carousel-inner">${[1, 2, 3].map((n) => `<div class="carousel-item${n === 1 ? ' active' : ''}"><img class="d-block w-100" style="height:630px;object-fit:cover" src="photo.svg?n=${n}" alt=""></div>`).join('')}</div></div>${script('bootstrap/dist/js/bootstrap.bundle.min.js')}<script>setTimeout(() => new bootstrap.Carousel('#c', { ride: false }).next(), 200)</script>`,
      ),
    },
    {
      name: 'bootstrap-icons-font',
      html: plain(
        link('bootstrap-icons/font/bootstrap-icons.min.css'),
        `<main style="font-size:120px;padding:40px"><i class="bi bi-alarm"></i> <i class="bi bi-heart-fill" style="color:#e76f51"></i> <i class="bi bi-github"></i> <i class="bi bi-cloud-sun"></i></main>`,
      ),
    },
    {
      name: 'bulma',
      html: plain(
        link('bulma/css/bulma.min.css'),
        `<section class="hero is-primary"><div class="hero-body"><p class="title">Bulma</p><p class="subtitle">A hero</p></div></section><section class="section"><div class="columns">${['info', 'warning', 'danger'].map((kind) => `<div class="column"><div class="notification is-${kind}">${text}</div></div>`).join('')}</div><progress class="progress is-link" value="60" max="100"></progress></section>`,
      ),
    },
    {
      name: 'pico',
      html: plain(
        link('@picocss/pico/css/pico.min.css'),
        `<main class="container"><h1>Pico</h1>${text}<article><header>An article</header>${text}<button>Send</button></article><progress value="40" max="100"></progress></main>`,
      ),
    },
    {
      name: 'tailwind-in-browser',
      html: plain(
        script('@tailwindcss/browser/dist/index.global.js'),
        `<div class="min-h-screen bg-gradient-to-br from-indigo-500 via-purple-500 to-pink-500 grid place-items-center"><div class="bg-white rounded-3xl shadow-2xl p-16 max-w-3xl"><h1 class="text-6xl font-black tracking-tight text-slate-900">Tailwind</h1><p class="mt-6 text-2xl text-slate-500">Compiled in the browser.</p></div></div>`,
      ),
    },
    {
      name: 'tailwind-animated',
      html: plain(
        `${script('@tailwindcss/browser/dist/index.global.js')}<style type="text/tailwindcss">@theme{--animate-in:in 1s ease-out both;@keyframes in{from{opacity:0;transform:translateY(40px)}}}</style>`,
        `<div class="p-16 animate-in"><h1 class="text-7xl font-bold">Comes in</h1><div class="mt-8 h-64 rounded-2xl bg-teal-600"></div><span class="fixed right-4 top-4 size-4 rounded-full bg-red-500 animate-ping"></span></div>`,
      ),
    },
    {
      name: 'uikit',
      html: plain(
        `${link('uikit/dist/css/uikit.min.css')}${script('uikit/dist/js/uikit.min.js')}${script('uikit/dist/js/uikit-icons.min.js')}`,
        `<div class="uk-section uk-section-primary uk-light"><div class="uk-container"><h1>UIkit <span uk-icon="icon: star; ratio: 2"></span></h1><div class="uk-child-width-1-3" uk-grid uk-scrollspy="cls: uk-animation-fade; target: .uk-card; delay: 200">${'<div><div class="uk-card uk-card-default uk-card-body"><h3>Card</h3>Text of a card</div></div>'.repeat(3)}</div></div></div><div class="uk-container" uk-slider><div class="uk-slider-items uk-child-width-1-2">${[1, 2, 3].map((n) => `<div><img src="photo.svg?n=${n}" alt=""></div>`).join('')}</div></div>`,
      ),
    },
    {
      name: 'foundation',
      html: plain(
        link('foundation-sites/dist/css/foundation.min.css'),
        `<div class="top-bar"><b>Foundation</b></div><div class="grid-container"><ul class="accordion" data-accordion><li class="accordion-item is-active" data-accordion-item><a class="accordion-title" href="#">Open</a><div class="accordion-content" data-tab-content>${text}</div></li><li class="accordion-item" data-accordion-item><a class="accordion-title" href="#">Closed</a><div class="accordion-content" data-tab-content>${text}</div></li></ul><div class="callout alert">${text}</div></div>${script('jquery/dist/jquery.min.js')}${script('foundation-sites/dist/js/foundation.min.js')}<script>$(document).foundation()</script>`,
      ),
    },
    {
      name: 'shoelace',
      html: plain(
        `${link('@shoelace-style/shoelace/cdn/themes/light.css')}<script type="module" src="/shoelace/npm/@shoelace-style/shoelace/cdn/shoelace-autoloader.js"></script>`,
        `<main style="padding:40px"><sl-alert open variant="success">Saved</sl-alert><br><sl-card><h2 slot="header">Card</h2>Text of a card<sl-button slot="footer" variant="primary">Button</sl-button></sl-card> <sl-rating value="4"></sl-rating> <sl-progress-ring value="70">70 %</sl-progress-ring><sl-tab-group><sl-tab slot="nav" panel="a">One</sl-tab><sl-tab slot="nav" panel="b">Two</sl-tab><sl-tab-panel name="a">${text}</sl-tab-panel></sl-tab-group></main>`,
      ),
    },
    {
      name: 'shoelace-drawer-opens',
      html: plain(
        `${link('@shoelace-style/shoelace/cdn/themes/light.css')}<script type="module" src="/shoelace-drawer-opens/npm/@shoelace-style/shoelace/cdn/shoelace-autoloader.js"></script>`,
        `<main style="padding:40px"><h1>Behind it</h1></main><sl-drawer id="d" label="A drawer" style="--size:60%">${text}</sl-drawer><script>customElements.whenDefined('sl-drawer').then(() => d.show())</script>`,
      ),
    },
    {
      name: 'ionic',
      html: plain(
        `${link('@ionic/core/css/ionic.bundle.css')}<script type="module" src="npm/@ionic/core/dist/ionic/ionic.esm.js"></script>`,
        `<ion-app><ion-header><ion-toolbar color="primary"><ion-title>Ionic</ion-title></ion-toolbar></ion-header><ion-content class="ion-padding"><ion-card><ion-card-header><ion-card-title>Card</ion-card-title></ion-card-header><ion-card-content>${text}</ion-card-content></ion-card><ion-button>Button</ion-button><ion-toggle checked></ion-toggle></ion-content></ion-app>`,
      ),
    },
    {
      name: 'feather-icons',
      html: using(
        { js: ['feather-icons/dist/feather.min.js'] },
        `<main>${['anchor', 'heart', 'sun', 'wind', 'truck'].map((name) => `<i data-feather="${name}" width="180" height="180"></i>`).join('')}${boxes()}</main>`,
        'feather.replace()',
      ),
    },
  ],
};
