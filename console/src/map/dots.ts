/**
 * Very many moving things as dots: a canvas of its own over the map, drawn by the graphics processor.
 *
 * Where a thing is between two reports is worked out there too, so a frame costs one call however
 * many things move, and the map underneath is not drawn again for it. What they are is told by
 * colour and shape: free ones are rings, sent ones discs, the others small.
 */
import type { CustomLayerInterface, Map as LibreMap } from 'maplibre-gl';

import type { UnitStatus } from '../api/types';
import type { Glide } from './motion';

const FLOATS = 7;
const BYTES = FLOATS * 4;
const DOT_PX = 9;
const SECOND_MS = 1_000;
const CAMERA = 'dots-camera';

/** How a status looks: its place in the palette that is handed over, and its shape. */
export const DOT_STATUSES = [
  'AVAILABLE',
  'ASSIGNED',
  'EN_ROUTE',
  'ON_SCENE',
  'OFF_DUTY',
  'OUT_OF_SERVICE',
] as const satisfies readonly UnitStatus[];

const VERTEX = `#version 300 es
in vec4 a_way;
in vec2 a_time;
in float a_look;
uniform mat4 u_matrix;
uniform float u_now;
uniform float u_size;
flat out int look;
void main() {
  float share = a_time.y <= 0.0 ? 1.0 : clamp((u_now - a_time.x) / a_time.y, 0.0, 1.0);
  gl_Position = u_matrix * vec4(mix(a_way.xy, a_way.zw, share), 0.0, 1.0);
  look = int(a_look);
  gl_PointSize = look >= 4 ? u_size * 0.6 : u_size;
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
flat in int look;
uniform vec3 u_colours[7];
out vec4 colour;
void main() {
  float away = length(gl_PointCoord - 0.5) * 2.0;
  if (away > 1.0) discard;
  bool edge = away > 0.78;
  bool hollow = look == 0 && away < 0.42;
  colour = vec4(edge || hollow ? u_colours[6] : u_colours[look], 1.0);
}`;

type Rgb = readonly [number, number, number];

/** What one thing needs: how it glides, and the place of its status. */
export interface Dot {
  id: string;
  glide: Glide;
  look: number;
}

/** Where a place lies on the whole map, 0 to 1 eastward and southward. */
function mercator(lon: number, lat: number): [number, number] {
  const turn = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  return [(lon + 180) / 360, (1 - turn / Math.PI) / 2];
}

/** A matrix after a shift: single precision is too coarse for places on the whole map. */
function shifted(matrix: ArrayLike<number>, [x, y]: readonly [number, number]): Float32Array {
  const at = (place: number): number => matrix[place] ?? 0;
  const moved = Float32Array.from(matrix);
  for (let row = 0; row < 4; row += 1) moved[12 + row] = at(row) * x + at(4 + row) * y + at(12 + row);
  return moved;
}

function compiled(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) throw new Error('This browser makes no shader.');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  return program;
}

/** The dots over one map. */
export class Dots {
  readonly #map: LibreMap;
  readonly #canvas = document.createElement('canvas');
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #origin: [number, number];
  #data = new Float32Array(0);
  #places = new Map<string, number>();
  #isStale = false;
  #matrix: ArrayLike<number> | null = null;

  constructor(map: LibreMap, colours: readonly Rgb[]) {
    this.#map = map;
    const { lng, lat } = map.getCenter();
    this.#origin = mercator(lng, lat);
    this.#canvas.className = 'map__dots';
    map.getCanvasContainer().append(this.#canvas);
    const gl = this.#canvas.getContext('webgl2', { antialias: false });
    if (gl === null) throw new Error('This browser has no WebGL 2.');
    this.#gl = gl;
    this.#program = compiled(gl);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    this.#attribute('a_way', 4, 0);
    this.#attribute('a_time', 2, 4);
    this.#attribute('a_look', 1, 6);
    gl.uniform3fv(gl.getUniformLocation(this.#program, 'u_colours'), colours.flat());
    this.watch();
  }

  /** Learn of every change of the camera; anew after the map's style was renewed. */
  watch(): void {
    if (this.#map.getLayer(CAMERA)) return;
    const camera: CustomLayerInterface = {
      id: CAMERA,
      type: 'custom',
      render: (_, { defaultProjectionData }) => {
        this.#matrix = defaultProjectionData.mainMatrix;
        this.draw(performance.now());
      },
    };
    this.#map.addLayer(camera);
  }

  /** Show these and no others. */
  set(dots: readonly Dot[]): void {
    if (this.#data.length < dots.length * FLOATS) this.#data = new Float32Array(dots.length * FLOATS);
    this.#places = new Map(dots.map(({ id }, place) => [id, place]));
    dots.forEach(({ glide, look }, place) => {
      this.#write(place, glide);
      this.#data[place * FLOATS + 6] = look;
    });
    this.#isStale = true;
  }

  /** One of them glides elsewhere now. */
  move(id: string, glide: Glide): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#write(place, glide);
    this.#isStale = true;
  }

  draw(now_ms: number): void {
    const gl = this.#gl;
    if (this.#matrix === null) return;
    this.#fit();
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (this.#places.size === 0) return;
    if (this.#isStale) gl.bufferData(gl.ARRAY_BUFFER, this.#data, gl.DYNAMIC_DRAW);
    this.#isStale = false;
    const uniform = (name: string) => gl.getUniformLocation(this.#program, name);
    gl.uniformMatrix4fv(uniform('u_matrix'), false, shifted(this.#matrix, this.#origin));
    gl.uniform1f(uniform('u_now'), now_ms / SECOND_MS);
    gl.uniform1f(uniform('u_size'), DOT_PX * window.devicePixelRatio);
    gl.drawArrays(gl.POINTS, 0, this.#places.size);
  }

  remove(): void {
    if (!this.#map._removed && this.#map.getLayer(CAMERA)) this.#map.removeLayer(CAMERA);
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
    this.#canvas.remove();
  }

  #write(place: number, { from, to, start_ms, length_ms }: Glide): void {
    const [x, y] = this.#origin;
    const begin = mercator(from.lon, from.lat);
    const end = mercator(to.lon, to.lat);
    const times = [start_ms / SECOND_MS, length_ms / SECOND_MS];
    this.#data.set([begin[0] - x, begin[1] - y, end[0] - x, end[1] - y, ...times], place * FLOATS);
  }

  #attribute(name: string, floats: number, from: number): void {
    const gl = this.#gl;
    const at = gl.getAttribLocation(this.#program, name);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, floats, gl.FLOAT, false, BYTES, from * 4);
  }

  /** As large as the map's own canvas. */
  #fit(): void {
    const { width, height } = this.#map.getCanvas();
    if (this.#canvas.width === width && this.#canvas.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#gl.viewport(0, 0, width, height);
  }
}
