/**
 * Lucide's icons as plain drawings. Its own component builds each of them anew in the browser from a list of shapes and
 * attributes; a page with fifty children shows dozens. They take `size`, `strokeWidth` and `fill` as Lucide's do, and say
 * nothing to a screen reader: what they stand for is said beside them. The build stops at an icon of another make.
 */
import type { Plugin } from "vite";

const ICON = /\/@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/;
const DRAWING = /const iconData = (\{.*\});/;

interface Drawing {
  readonly name: string;
  readonly size: number;
  readonly node: readonly (readonly [tag: string, attributes: Readonly<Record<string, string | number>>])[];
}

export function lightIcons(): Plugin {
  return {
    name: "doudou-light-icons",
    enforce: "pre",
    transform(code, id) {
      if (!ICON.test(id)) return undefined;
      const drawing = DRAWING.exec(code)?.[1];
      if (drawing === undefined) throw new Error(`${id} is not made as icons are known to be`);
      return { code: component(JSON.parse(drawing) as Drawing), map: null };
    },
  };
}

function component({ name, size, node }: Drawing): string {
  const shapes = node.map(([tag, attributes]) => {
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
    return `<${tag}${written.join("")} />`;
  });
  return `<script>
  const { size = ${size}, strokeWidth = 2, fill = "none" } = $props();
</script>

<svg
  class="lucide lucide-${name}"
  viewBox="0 0 ${size} ${size}"
  width={size}
  height={size}
  {fill}
  stroke="currentColor"
  stroke-width={strokeWidth}
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true">${shapes.join("")}</svg>
`;
}
