import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, PieChart, GridComponent, TitleComponent, TooltipComponent, CanvasRenderer]);

/** An ECharts instance on a canvas: the SVG renderer writes style attributes, which the content security policy refuses. */
export const openCanvas = (element: HTMLElement): ECharts => init(element, null, { renderer: 'canvas' });
