// Sends one mail many times through nodemailer's transport for SES, and prints what it cost.
//   usage: node ses-sending.mjs order.json
import { readFileSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';

const order = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { default: nodemailer } = await import(order.module);
const client = new SESv2Client({
    region: 'eu-central-1',
    endpoint: order.endpoint,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: { httpAgent: { keepAlive: true, maxSockets: order.atOnce } }
});

const mail = number => ({
    from: order.mail.from,
    to: `reader${number}@example.com`,
    subject: order.mail.subject,
    html: order.mail.html,
    text: order.mail.text,
    headers: { 'List-Unsubscribe': order.mail.list }
});

// Version 6 knows the first API of SES only; the mail itself is the same in both.
class SendRawEmailCommand extends SendEmailCommand {
    constructor(raw) {
        super({
            FromEmailAddress: raw.Source,
            Destination: { ToAddresses: raw.Destinations },
            Content: { Raw: { Data: raw.RawMessage.Data } }
        });
    }
}

/** The caller limits how many are under way. */
async function sendInHands(first, end) {
    const transport = nodemailer.createTransport({ SES: { sesClient: client, SendEmailCommand } });
    let next = first;
    const hand = async () => {
        while (next < end) {
            await transport.sendMail(mail(next++));
        }
    };
    await Promise.all(Array.from({ length: order.atOnce }, hand));
}

/** The transport limits rate and number; it is given more whenever it says that it has room, as its manual shows. */
function senderWithRate() {
    const transport = nodemailer.createTransport({
        SES: { ses: client, aws: { SendRawEmailCommand } },
        sendingRate: order.rate,
        maxConnections: order.atOnce
    });
    return (first, end) =>
        new Promise((resolve, reject) => {
            let next = first;
            let left = end - first;
            const fill = () => {
                while (transport.isIdle() && next < end) {
                    transport.sendMail(mail(next++)).then(() => {
                        if (--left === 0) {
                            transport.off('idle', fill);
                            resolve();
                        }
                    }, reject);
                }
            };
            transport.on('idle', fill);
            fill();
        });
}

// The timer by which the transport waits for its rate keeps no process alive.
const alive = setInterval(() => {}, 60_000);
const send = order.rate > 0 ? senderWithRate() : sendInHands;
const before = process.cpuUsage();
const half = order.idleMillis > 0 ? Math.floor(order.times / 2) : order.times;
await send(0, half);
if (half < order.times) {
    await rest(order.idleMillis);
    await send(half, order.times);
}
clearInterval(alive);
const used = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMicros: used.user + used.system }));
