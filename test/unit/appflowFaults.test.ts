import { readFault } from '../../nodes/AmazonAppFlow/faults.ts';

const header = { 'x-amzn-errortype': 'ConflictException:http://internal.amazon.com/' };

it.each([
	['the header is first', { code: 'Second', __type: 'Third' }, header, 'ConflictException'],
	['then code', { code: 'Second', __type: 'a#Third' }, {}, 'Second'],
	['then __type', { code: '', __type: 'com.amazonaws#Third' }, {}, 'Third'],
	['an address after the name', { __type: 'com.amazonaws#Third:http://x/#y' }, {}, 'Third'],
	['there need be none', {}, {}, undefined],
	['text, as from a proxy', '<html></html>', {}, undefined],
	['nothing', undefined, {}, undefined],
])('the type of a fault: %s', (_what, body, headers, code) => {
	expect(readFault(body, headers)).toEqual({ code, message: undefined });
});

it.each([
	[{ message: 'a', Message: 'b' }, 'a'],
	[{ message: null, Message: 'b' }, 'b'],
	[{ message: ' ' }, undefined],
	[{ message: 5 }, undefined],
])('the words of %j', (body, message) => {
	expect(readFault(body, {}).message).toBe(message);
});
