/**
 * Puts two buttons under each figure of a page, which save it as SVG, or as PNG at twice its size. Runs in the page, so it
 * is text here.
 */
export const FIGURE_SCRIPT = `
(() => {
  const fileName = (figure, type) =>
    figure.dataset.name.replace(/[^\\w.+-]+/g, '-').replace(/^-|-$/g, '').toLowerCase() + '.' + type;
  const save = (url, name) => {
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
  };
  const svgUrl = (svg) =>
    'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  const savePng = (svg, name) => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement('canvas');
      canvas.width = 2 * svg.width.baseVal.value;
      canvas.height = 2 * svg.height.baseVal.value;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      save(canvas.toDataURL('image/png'), name);
    };
    image.src = svgUrl(svg);
  };
  for (const figure of document.querySelectorAll('figure')) {
    const svg = figure.querySelector('svg');
    const caption = document.createElement('figcaption');
    const button = (type, onClick) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.textContent = type.toUpperCase();
      made.setAttribute('aria-label', 'Save "' + figure.dataset.name + '" as ' + type.toUpperCase());
      made.addEventListener('click', onClick);
      caption.append(made);
    };
    button('svg', () => save(svgUrl(svg), fileName(figure, 'svg')));
    button('png', () => savePng(svg, fileName(figure, 'png')));
    figure.append(caption);
  }
})();
`;
