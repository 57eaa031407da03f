import type { Group } from '../../page.ts';
import { story } from '../../parts.ts';
import { using } from './with.ts';

const picture = (n: number) =>
  `<img src="photo.svg?n=${n}" alt="" style="width:100%;height:380px;object-fit:cover;display:block">`;
const slides = (each: string, attributes = '') =>
  [1, 2, 3, 4].map((n) => `<${each} ${attributes}>${picture(n)}</${each}>`).join('');

/** Carousels, galleries and lazy loaders. */
export const carousels: Group = {
  name: 'carousels',
  pages: [
    {
      name: 'swiper-slide',
      html: using(
        { css: ['swiper/swiper-bundle.min.css'], js: ['swiper/swiper-bundle.min.js'] },
        story(
          `<div class="swiper"><div class="swiper-wrapper">${slides('div', 'class="swiper-slide"')}</div><div class="swiper-pagination"></div></div>`,
        ),
        `new Swiper('.swiper', { loop: true, pagination: { el: '.swiper-pagination' }, initialSlide: 1 })`,
      ),
    },
    {
      name: 'swiper-fade-autoplay',
      html: using(
        { css: ['swiper/swiper-bundle.min.css'], js: ['swiper/swiper-bundle.min.js'] },
        story(`<div class="swiper"><div class="swiper-wrapper">${slides('div', 'class="swiper-slide"')}</div></div>`),
        `new Swiper('.swiper', { effect: 'fade', autoplay: { delay: 30000 } })`,
      ),
    },
    {
      name: 'splide',
      html: using(
        { css: ['@splidejs/splide/dist/css/splide.min.css'], js: ['@splidejs/splide/dist/js/splide.min.js'] },
        story(
          `<div class="splide"><div class="splide__track"><ul class="splide__list">${slides('li', 'class="splide__slide"')}</ul></div></div>`,
        ),
        `new Splide('.splide', { type: 'loop', perPage: 2, gap: 16 }).mount()`,
      ),
    },
    {
      name: 'glide',
      html: using(
        { css: ['@glidejs/glide/dist/css/glide.core.min.css'], js: ['@glidejs/glide/dist/glide.min.js'] },
        story(
          `<div class="glide"><div class="glide__track" data-glide-el="track"><ul class="glide__slides">${slides('li', 'class="glide__slide"')}</ul></div></div>`,
        ),
        `new Glide('.glide', { type: 'carousel', startAt: 1, perView: 2 }).mount()`,
      ),
    },
    {
      name: 'embla',
      html: using(
        { js: ['embla-carousel/embla-carousel.umd.js'] },
        story(
          `<div id="e" style="overflow:hidden"><div style="display:flex">${slides('div', 'style="flex:0 0 80%;padding-right:16px"')}</div></div>`,
        ),
        `const embla = EmblaCarousel(e, { loop: false }); setTimeout(() => embla.scrollNext(), 200)`,
      ),
    },
    {
      name: 'slick',
      html: using(
        {
          css: ['slick-carousel/slick/slick.css'],
          js: ['jquery/dist/jquery.min.js', 'slick-carousel/slick/slick.min.js'],
        },
        story(`<div id="s">${slides('div')}</div>`),
        `$('#s').slick({ slidesToShow: 2 })`,
      ),
    },
    {
      name: 'masonry-after-images',
      html: using(
        {
          js: ['masonry-layout/dist/masonry.pkgd.min.js'],
          head: '<style>.i{width:33%;padding:6px}.i img{width:100%}</style>',
        },
        `<main id="m">${[1, 2, 3, 4, 5, 6, 7].map((n) => `<div class="i"><img src="photo.svg?n=${n}&delay=${n * 60}" alt="" style="aspect-ratio:${1 + (n % 3) / 2}"></div>`).join('')}</main>`,
        `addEventListener('load', () => new Masonry(m, { itemSelector: '.i', percentPosition: true }))`,
      ),
    },
    {
      name: 'photoswipe-open',
      html: using(
        { css: ['photoswipe/dist/photoswipe.css'], js: ['photoswipe/dist/umd/photoswipe.umd.min.js'] },
        story('A gallery'),
        `new PhotoSwipe({ dataSource: [{ src: 'photo.svg?n=2', w: 800, h: 450 }], index: 0 }).init()`,
      ),
    },
    {
      name: 'glightbox-open',
      html: using(
        { css: ['glightbox/dist/css/glightbox.min.css'], js: ['glightbox/dist/js/glightbox.min.js'] },
        story('A gallery'),
        `GLightbox({ elements: [{ href: 'photo.jpg?n=2', type: 'image' }] }).open()`,
      ),
    },
    {
      name: 'lazysizes',
      html: using(
        {
          js: ['lazysizes/lazysizes.min.js'],
          head: '<style>.lazyload{opacity:0}.lazyloaded{opacity:1;transition:opacity .5s}</style>',
        },
        story(`<img class="hero lazyload" data-src="photo.svg?n=3&delay=150" alt="">`),
      ),
    },
    {
      name: 'vanilla-lazyload',
      html: using(
        { js: ['vanilla-lazyload/dist/lazyload.min.js'] },
        story(`<img class="hero lazy" data-src="photo.svg?n=3" alt="">`),
        `new LazyLoad({ elements_selector: '.lazy' })`,
      ),
    },
    {
      name: 'lozad',
      html: using(
        { js: ['lozad/dist/lozad.min.js'] },
        story(`<div class="hero lozad" data-background-image="photo.svg?n=3" style="background-size:cover"></div>`),
        `lozad().observe()`,
      ),
    },
    {
      name: 'simplebar',
      html: using(
        { css: ['simplebar/dist/simplebar.min.css'], js: ['simplebar/dist/simplebar.min.js'] },
        story(
          `<div data-simplebar data-simplebar-auto-hide="false" style="height:360px">${'<p>Line after line</p>'.repeat(50)}</div>`,
        ),
      ),
    },
    {
      name: 'reveal-slides',
      html: using(
        { css: ['reveal.js/dist/reveal.css', 'reveal.js/dist/theme/sky.css'], js: ['reveal.js/dist/reveal.js'] },
        `<div class="reveal"><div class="slides"><section><h1>First slide</h1><p>With some text</p></section><section>Second</section></div></div>`,
        `Reveal.initialize()`,
      ),
    },
  ],
};
