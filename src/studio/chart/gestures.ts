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

/** Stretching of the price axis a pixel that it is dragged. */
const axisZoom = 1.006;

/** Pixels that a pointer moves before it drags: fingers tremble, and clicks should move nothing. */
const dragPixels = 4;

/**
 * Drag, pinch, wheel, tap and double click on the chart's element. Dragging moves the view; beside the plots it stretches the
 * prices. A tap of a finger reads a bar, and another one puts the crosshair away. While the view is dragged the element has the
 * class `dragging`, over the price axis the class `scaling`.
 */
export function gestures(chart: Chart): Attachment<HTMLElement> {
  return (node) => {
    const pointers = new Map<number, Point>();
    const listening = new AbortController();
    let began: { point: Point; hadCursor: boolean; isBeside: boolean; isDrag: boolean } | undefined;

    function pointOf(event: MouseEvent): Point {
      const box = node.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    }

    const isBeside = ({ x }: Point): boolean => x > chart.plots[0]!.width;

    function onDown(event: PointerEvent): void {
      node.setPointerCapture(event.pointerId);
      const at = pointOf(event);
      pointers.set(event.pointerId, at);
      began = { point: at, hadCursor: chart.cursor !== undefined, isBeside: isBeside(at), isDrag: false };
      node.classList.add('dragging');
    }

    function drag(before: Point, at: Point, id: number): void {
      const other = [...pointers].find(([each]) => each !== id)?.[1];
      const pane = chart.paneAt(at.y);
      if (other) {
        const apart = (point: Point): number => Math.max(leastPinchPixels, Math.abs(point.x - other.x));
        chart.zoomBy(apart(before) / apart(at), (at.x + other.x) / 2);
      } else if (began?.isBeside) {
        if (at.y !== before.y) pane.scalePrices(axisZoom ** (at.y - before.y), 0);
      } else {
        if (at.x !== before.x) chart.panBy(before.x - at.x);
        if (pane.isScaled && at.y !== before.y) pane.scalePrices(1, before.y - at.y);
      }
    }

    function onMove(event: PointerEvent): void {
      const at = pointOf(event);
      const before = pointers.get(event.pointerId);
      if (before && began) {
        began.isDrag ||= pointers.size > 1 || Math.hypot(at.x - began.point.x, at.y - began.point.y) > dragPixels;
        if (began.isDrag) {
          drag(before, at, event.pointerId);
          pointers.set(event.pointerId, at);
        }
      }
      node.classList.toggle('scaling', isBeside(at));
      if (event.pointerType === 'mouse') chart.pointAt(at.x, at.y);
    }

    function onRelease(event: PointerEvent): void {
      pointers.delete(event.pointerId);
      if (pointers.size > 0) return;
      node.classList.remove('dragging');
      if (event.pointerType === 'mouse' || event.type !== 'pointerup' || !began || began.isDrag) return;
      const at = pointOf(event);
      if (began.hadCursor) chart.leave();
      else chart.pointAt(at.x, at.y);
    }

    function onDoubleClick(event: MouseEvent): void {
      const at = pointOf(event);
      if (isBeside(at)) chart.paneAt(at.y).fitPrices();
      else chart.follow();
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
    node.addEventListener('pointerleave', (event) => event.pointerType === 'mouse' && chart.leave(), { signal });
    node.addEventListener('dblclick', onDoubleClick, { signal });
    // Only a listener that is not passive may keep the page from scrolling.
    node.addEventListener('wheel', onWheel, { signal, passive: false });
    return () => listening.abort();
  };
}
