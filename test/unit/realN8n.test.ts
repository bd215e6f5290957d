import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asksToSignIn } from '../e2e/n8n.ts';

describe('the check whether n8n has started', () => {
	it.each([
		[404, 'Cannot GET /rest/login', false],
		[200, 'n8n is starting up. Please wait', false],
		[503, 'Database is not ready!', false],
		[401, '{"status":"error","message":"Unauthorized"}', true],
	])('%i, "%s": ready is %s', async (status, body, ready) => {
		const server = createServer((request, response) => {
			response.statusCode = request.url === '/rest/login' ? status : 200;
			response.end(body);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		try {
			expect(await asksToSignIn(`http://127.0.0.1:${port}`)).toBe(ready);
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});

	it('is not ready if no server listens', async () => {
		expect(await asksToSignIn('http://127.0.0.1:1')).toBe(false);
	});
});
