// A dashboard with every kind of tile over made-up numbers, awkward ones included: long names, gaps, a problem, no rows.
const money = { kind: 'currency', currency: 'USD' };
const column = (name, type) => ({ name, type });

// A small generator with a fixed seed: the same page each time.
let seed = 7;
const random = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648);

const months = Array.from({ length: 26 }, (_, at) => new Date(Date.UTC(2015, 9 + at, 1)).toISOString().slice(0, 10));
const products = ['GTX Pro', 'GTX Plus Basic', 'MG Advanced', 'GTX Basic', 'GTX Plus Pro', 'MG Special', 'GTK 500'];
const sectors = ['retail', 'technolgy', 'medical', 'software', 'finance', 'marketing', 'entertainment', 'telecommunications', 'services', 'employment', null];
const agents = [
  'Darcel Schlecht', 'Vicki Laflamme', 'Kary Hendrixson', 'Cassey Cress', 'Donn Cantrell', 'Reed Clapper', 'Zane Levy', 'Corliss Cosme',
  'James Ascencio', 'Daniell Hammack', 'Maureen Marcano', 'Gladys Colclough', 'Wolfeschlegelsteinhausenbergerdorff-Montgomery the Third of Western Territories',
];
const time = { label: 'Month', role: 'time', grain: 'month' };
const category = (label) => ({ label, role: 'category' });
const metric = (label, format) => ({ label, role: 'metric', ...(format ? { format } : {}) });
const wave = (at, size) => size * (1 + 0.035 * at) * (1 + 0.22 * Math.sin((at / 12) * 2 * Math.PI)) * (0.9 + 0.2 * random());

export const definition = {
  name: 'executive',
  title: 'Executive overview',
  description: 'The numbers the weekly review opens with.',
  filters: [
    { dimension: 'metric_time', label: 'Date', kind: 'time', default: 'last_12_months' },
    { dimension: 'product__series', label: 'Product series', kind: 'category', default: '' },
    { dimension: 'account__sector', label: 'Sector', kind: 'category', default: '' },
  ],
  rows: [
    {
      tiles: [
        kpi('r0c0', 'Won revenue', money),
        kpi('r0c1', 'Win rate', { kind: 'percent' }),
        kpi('r0c2', 'Average deal size', money),
        kpi('r0c3', 'Days to close', undefined, 'down'),
      ],
    },
    {
      tiles: [
        tile('r1c0', 8, 'area', 'Won revenue by product', { metric_time__month: time, product__name: category('Product'), won_revenue: metric('Won revenue', money) }, { stack: true }),
        tile('r1c1', 4, 'funnel', 'Pipeline by stage', { stage: category('Stage'), open_pipeline: metric('Open pipeline', money) }, { order: 'given' }),
      ],
    },
    {
      tiles: [
        tile('r2c0', 4, 'line', 'Win rate by office', { metric_time__month: time, office: category('Office'), win_rate: metric('Win rate', { kind: 'percent' }) }),
        tile('r2c1', 4, 'bar', 'Won revenue by sector', { account__sector: category('Sector'), won_revenue: metric('Won revenue', money) }),
        tile('r2c2', 4, 'pie', 'Share of revenue by office', { office: category('Office'), won_revenue: metric('Won revenue', money) }),
      ],
    },
    {
      tiles: [
        tile('r3c0', 6, 'table', 'Sales agents', { agent: category('Sales agent'), office: category('Office'), won_revenue: metric('Won revenue', money), win_rate: metric('Win rate', { kind: 'percent' }), deals: metric('Deals') }),
        tile('r3c1', 6, 'bar', 'Opportunities won and lost', { metric_time__month: time, outcome: category('Outcome'), deals: metric('Opportunities') }, { stack: true }),
      ],
    },
    {
      tiles: [
        tile('r4c0', 6, 'line', 'A tile whose question the server refused', {}),
        tile('r4c1', 6, 'bar', 'A tile without rows, whose title goes on and on until no screen could hold the whole of it in one single line, however wide', {}),
      ],
    },
  ],
};

function kpi(id, title, format, better) {
  return { id, width: 3, ...(better ? { better } : {}), chart: { kind: 'kpi', title, fields: { value: metric(title, format), metric_time__month: time } } };
}

function tile(id, width, kind, title, fields, more = {}) {
  return { id, width, chart: { kind, title, fields, ...more } };
}

const timeline = (splits, name, size, metricName) => ({
  columns: [column('metric_time__month', 'date'), column(name, 'text'), column(metricName, 'decimal')],
  rows: months.flatMap((month, at) => splits.map((split, place) => [month, split, Math.round(wave(at, size / (place + 1.3)))])),
});
const kpiData = (value, base, trend) => ({
  table: { columns: [column('value', 'decimal')], rows: [[value]] },
  compare: { label: 'previous year', table: { columns: [column('value', 'decimal')], rows: [[base]] } },
  trend: { columns: [column('metric_time__month', 'date'), column('value', 'decimal')], rows: months.slice(-13).map((month, at) => [month, trend(at)]) },
});

export const data = [
  { filters: { metric_time: { from: '2016-12-01', to: '2017-11-30' } } },
  { tile: 'r0c0', ...kpiData(10_005_534, 8_901_230, (at) => wave(at, 700_000)) },
  { tile: 'r0c1', ...kpiData(0.6315, 0.6512, (at) => 0.6 + 0.06 * random()) },
  { tile: 'r0c2', ...kpiData(2_360.9, 2_361.0, (at) => wave(at, 2000)) },
  { tile: 'r0c3', ...kpiData(47.98, 52.1, (at) => 60 - at + 6 * random()) },
  { tile: 'r1c0', table: timeline(products, 'product__name', 420_000, 'won_revenue') },
  { tile: 'r1c1', table: { columns: [column('stage', 'text'), column('open_pipeline', 'decimal')], rows: [['Prospecting', 4_966_215], ['Engaging', 3_775_213], ['Proposal', 2_104_002], ['Negotiation', 1_254_113], ['Won', 904_332]] } },
  { tile: 'r2c0', table: { columns: [column('metric_time__month', 'date'), column('office', 'text'), column('win_rate', 'double')], rows: months.flatMap((month, at) => ['West', 'Central', 'East'].map((office, place) => [month, office, at === 9 && place === 1 ? null : 0.55 + 0.05 * place + 0.08 * random()])) } },
  { tile: 'r2c1', table: { columns: [column('account__sector', 'text'), column('won_revenue', 'decimal')], rows: sectors.map((sector, at) => [sector, Math.round(1_900_000 / (at + 1))]) } },
  { tile: 'r2c2', table: { columns: [column('office', 'text'), column('won_revenue', 'decimal')], rows: [['West', 3_568_647], ['Central', 3_346_293], ['East', 3_090_594]] } },
  { tile: 'r3c0', table: { columns: [column('agent', 'text'), column('office', 'text'), column('won_revenue', 'decimal'), column('win_rate', 'double'), column('deals', 'int64')], rows: agents.map((agent, at) => [agent, ['West', 'Central', 'East'][at % 3], Math.round(1_153_214 / (at + 1)), at === 4 ? null : 0.5 + 0.2 * random(), 200 - at * 9]) } },
  { tile: 'r3c1', table: timeline(['Won', 'Lost'], 'outcome', 260, 'deals') },
  { tile: 'r4c0', problem: { code: 'HW4012', title: 'Unknown metric', detail: 'There is no metric ‘won_revenu’.', hint: 'did you mean ‘won_revenue’?' } },
  { tile: 'r4c1', table: { columns: [column('a', 'text'), column('b', 'int64')], rows: [] } },
  { done: true, version: '1' },
];

export const values = { values: [...products, null] };
