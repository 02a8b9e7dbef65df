import { htmlPage } from './html-page.js';
import { lineChart } from './line-chart.js';

const NASTY = `<script>alert("1")</script> & 'more'`;
const ESCAPED = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;';

describe('htmlPage', () => {
  it('escapes every text', () => {
    const page = htmlPage({
      title: NASTY,
      sections: [
        { heading: NASTY, text: NASTY, tables: [{ caption: NASTY, head: [NASTY], rows: [[NASTY]] }] },
      ],
    });
    expect(page).not.toContain('<script');
    // The title is also the first heading.
    expect(page.split(ESCAPED)).toHaveLength(8);
  });

  it('holds pictures as they are and needs nothing else', () => {
    const svg = lineChart({
      title: 'Learning',
      xName: 'Rounds',
      yName: 'Reward',
      series: [{ name: 's', points: [[0, 1]] }],
    });
    const page = htmlPage({
      title: 'Results',
      sections: [{ heading: 'Learning', figures: [{ name: NASTY, svg }] }],
    });
    expect(page).toContain(svg);
    expect(page).toContain('name="viewport"');
    expect(page).toContain(`data-name="${ESCAPED}"`);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|src=/);
  });

  it('refuses a table with a cell too few', () => {
    const table = { head: ['a', 'b'], rows: [['1', '2'], ['3']] };
    expect(() => htmlPage({ title: 'Results', sections: [{ heading: 'Means', tables: [table] }] })).toThrow(
      'table of "Means": row 1 has 1 cells for 2 columns',
    );
  });
});
