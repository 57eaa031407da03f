import type { Group } from '../../page.ts';
import { canvas, stage, using } from './with.ts';

const names = `['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun']`;
const values = '[12, 19, 7, 25, 16, 31]';

/** Charts, which grow into their place. */
export const charts: Group = {
  name: 'charts',
  pages: [
    {
      name: 'chartjs-bars',
      html: using(
        { js: ['chart.js/dist/chart.umd.min.js'] },
        canvas,
        `new Chart(stage, { type: 'bar', data: { labels: ${names}, datasets: [{ label: 'Sales', data: ${values}, backgroundColor: '#2a9d8f' }] }, options: { maintainAspectRatio: false } })`,
      ),
    },
    {
      name: 'chartjs-line-after-fetch',
      html: using(
        { js: ['chart.js/dist/chart.umd.min.js'] },
        canvas,
        `fetch('words.json?delay=300').then((a) => a.json()).then(({ items }) => new Chart(stage, { type: 'line', data: { labels: items, datasets: [{ label: 'Letters', data: items.map((item) => item.length), fill: true }] }, options: { maintainAspectRatio: false } }))`,
      ),
    },
    {
      name: 'chartjs-doughnut',
      html: using(
        { js: ['chart.js/dist/chart.umd.min.js'] },
        canvas,
        `new Chart(stage, { type: 'doughnut', data: { labels: ${names}, datasets: [{ data: ${values} }] }, options: { maintainAspectRatio: false, animation: { duration: 2000, animateScale: true } } })`,
      ),
    },
    {
      name: 'echarts-bars',
      html: using(
        { js: ['echarts/dist/echarts.min.js'] },
        stage,
        `echarts.init(stage).setOption({ xAxis: { data: ${names} }, yAxis: {}, series: [{ type: 'bar', data: ${values} }] })`,
      ),
    },
    {
      name: 'echarts-pie-svg',
      html: using(
        { js: ['echarts/dist/echarts.min.js'] },
        stage,
        `echarts.init(stage, null, { renderer: 'svg' }).setOption({ animationDuration: 1500, series: [{ type: 'pie', data: ${values}.map((value, n) => ({ value, name: ${names}[n] })) }] })`,
      ),
    },
    {
      name: 'd3-bars-transition',
      html: using(
        { js: ['d3/dist/d3.min.js'] },
        stage,
        `d3.select('#stage').append('svg').attr('width', 1080).attr('height', 430).selectAll('rect').data(${values}).join('rect').attr('x', (_, n) => n * 180).attr('y', 430).attr('width', 150).attr('fill', '#e76f51')
        .transition().delay((_, n) => n * 120).duration(900).attr('y', (value) => 430 - value * 13).attr('height', (value) => value * 13)`,
      ),
    },
    {
      name: 'd3-force',
      html: using(
        { js: ['d3/dist/d3.min.js'] },
        stage,
        `const nodes = d3.range(40).map((id) => ({ id })), links = d3.range(39).map((n) => ({ source: Math.floor(Math.sqrt(n)), target: n + 1 }));
        const svg = d3.select('#stage').append('svg').attr('width', 1080).attr('height', 430);
        const line = svg.selectAll('line').data(links).join('line').attr('stroke', '#999'), dot = svg.selectAll('circle').data(nodes).join('circle').attr('r', 9).attr('fill', '#2a9d8f');
        d3.forceSimulation(nodes).alphaDecay(.08).force('link', d3.forceLink(links)).force('charge', d3.forceManyBody().strength(-60)).force('centre', d3.forceCenter(540, 215)).on('tick', () => {
        line.attr('x1', (l) => l.source.x).attr('y1', (l) => l.source.y).attr('x2', (l) => l.target.x).attr('y2', (l) => l.target.y); dot.attr('cx', (n) => n.x).attr('cy', (n) => n.y) })`,
      ),
    },
    {
      name: 'uplot-line',
      html: using(
        { css: ['uplot/dist/uPlot.min.css'], js: ['uplot/dist/uPlot.iife.min.js'] },
        stage,
        `const x = Array.from({ length: 300 }, (_, n) => n); new uPlot({ width: 1080, height: 380, scales: { x: { time: false } }, series: [{}, { stroke: '#e76f51', width: 3 }] }, [x, x.map((n) => Math.sin(n / 20) * n)], stage)`,
      ),
    },
    {
      name: 'plotly-scatter',
      html: using(
        { js: ['plotly.js-basic-dist-min/plotly-basic.min.js'] },
        stage,
        `Plotly.newPlot(stage, [{ x: ${names}, y: ${values}, type: 'bar' }, { x: ${names}, y: [5, 9, 14, 20, 27, 35], mode: 'lines+markers' }], { margin: { t: 20 } })`,
      ),
    },
    {
      name: 'frappe-bars',
      html: using(
        { js: ['frappe-charts/dist/frappe-charts.min.umd.js'] },
        stage,
        `new frappe.Chart('#stage', { type: 'bar', height: 400, data: { labels: ${names}, datasets: [{ values: ${values} }] } })`,
      ),
    },
    {
      name: 'chartist-line',
      html: using(
        { css: ['chartist/dist/index.css'], js: ['chartist/dist/index.umd.js'] },
        stage,
        `new Chartist.LineChart('#stage', { labels: ${names}, series: [${values}] }, { showArea: true })`,
      ),
    },
    {
      name: 'billboard-spline',
      html: using(
        { css: ['billboard.js/dist/billboard.min.css'], js: ['billboard.js/dist/billboard.pkgd.min.js'] },
        stage,
        `bb.generate({ bindto: '#stage', transition: { duration: 800 }, data: { type: 'area-spline', columns: [['Sales', ...${values}]] } })`,
      ),
    },
    {
      name: 'vega-lite-bars',
      html: using(
        { js: ['vega/build/vega.min.js', 'vega-lite/build/vega-lite.min.js', 'vega-embed/build/vega-embed.min.js'] },
        stage,
        `vegaEmbed('#stage', { width: 900, height: 340, data: { values: ${values}.map((value, n) => ({ value, name: ${names}[n] })) }, mark: 'bar', encoding: { x: { field: 'name' }, y: { field: 'value', type: 'quantitative' } } }, { actions: false })`,
      ),
    },
    {
      name: 'lightweight-candles',
      html: using(
        { js: ['lightweight-charts/dist/lightweight-charts.standalone.production.js'] },
        stage,
        `const chart = LightweightCharts.createChart(stage, { width: 1080, height: 400 }); chart.addSeries(LightweightCharts.AreaSeries).setData(Array.from({ length: 60 }, (_, n) => ({ time: 1700000000 + n * 86400, value: 40 + Math.sin(n / 5) * 20 }))); chart.timeScale().fitContent()`,
      ),
    },
  ],
};
