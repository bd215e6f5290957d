import fc from 'fast-check';
import { path } from '../../../nodes/engine/http/path.ts';

describe('path', () => {
	it('encodes each segment', () => {
		expect(path`/v2/flows/${568971}/run`).toBe('/v2/flows/568971/run');
		expect(path`/v1/piece/${'@a/b c?d#e'}`).toBe('/v1/piece/%40a%2Fb%20c%3Fd%23e');
	});

	it.each(['', '.', '..', 'a\ud800'])('rejects %j, which cannot be a path segment', (segment) => {
		expect(() => path`/v2/flows/${segment}`).toThrow('cannot be used as an ID');
	});

	it('does not let any input address another endpoint', () => {
		const host = 'https://api.example';
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (segment) => {
				let built: string;
				try {
					built = path`/v2/flows/${segment}/run`;
				} catch {
					return;
				}
				const url = new URL(host + built);
				const segments = url.pathname.split('/');
				expect([url.origin, url.search, url.hash]).toEqual([host, '', '']);
				expect([segments[1], segments[2], segments[4], segments.length]).toEqual([
					'v2',
					'flows',
					'run',
					5,
				]);
				expect(decodeURIComponent(segments[3] ?? '')).toBe(segment);
			}),
			{ numRuns: 1000 },
		);
	});
});
