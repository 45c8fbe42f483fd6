import type { Attachment } from 'svelte/attachments';
import type { Chart } from './chart.svelte.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Fingers closer than this do not zoom faster. */
const leastPinchPixels = 8;

/** Zoom a pixel of the wheel, and the most that one turn counts. */
const wheelZoom = 1.0016;
const mostWheelPixels = 240;

/** Drag, pinch, wheel and double click on the chart's element. While it is dragged it has the class `dragging`. */
export function gestures(chart: Chart): Attachment<HTMLElement> {
  return (node) => {
    const pointers = new Map<number, Point>();
    const listening = new AbortController();

    function pointOf(event: MouseEvent): Point {
      const box = node.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    }

    function onDown(event: PointerEvent): void {
      node.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, pointOf(event));
      node.classList.add('dragging');
    }

    function onMove(event: PointerEvent): void {
      const at = pointOf(event);
      const before = pointers.get(event.pointerId);
      if (before) {
        const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
        if (other) {
          const apart = (point: Point): number => Math.max(leastPinchPixels, Math.abs(point.x - other.x));
          chart.zoomBy(apart(before) / apart(at), (at.x + other.x) / 2);
        } else if (at.x !== before.x) chart.panBy(before.x - at.x);
        pointers.set(event.pointerId, at);
      }
      chart.pointAt(at.x, at.y);
    }

    function onRelease(event: PointerEvent): void {
      pointers.delete(event.pointerId);
      if (pointers.size === 0) node.classList.remove('dragging');
      if (event.pointerType !== 'mouse') chart.leave();
    }

    function onWheel(event: WheelEvent): void {
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return chart.panBy(event.deltaX);
      const turned = Math.max(-mostWheelPixels, Math.min(mostWheelPixels, event.deltaY));
      chart.zoomBy(wheelZoom ** turned, pointOf(event).x);
    }

    const { signal } = listening;
    node.addEventListener('pointerdown', onDown, { signal });
    node.addEventListener('pointermove', onMove, { signal });
    node.addEventListener('pointerup', onRelease, { signal });
    node.addEventListener('pointercancel', onRelease, { signal });
    node.addEventListener('pointerleave', () => chart.leave(), { signal });
    node.addEventListener('dblclick', () => chart.follow(), { signal });
    // Only a listener that is not passive may keep the page from scrolling.
    node.addEventListener('wheel', onWheel, { signal, passive: false });
    return () => listening.abort();
  };
}
