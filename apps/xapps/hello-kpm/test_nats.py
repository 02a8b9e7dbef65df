"""python3 -m unittest, in this folder."""

import unittest

from nats import Parser

MESSAGE = b'MSG ric.xapp.a.effect 3 17\r\n{"effective":true\r\nPING\r\n'


class ParserTest(unittest.TestCase):
    def parsed(self, *pieces):
        parser = Parser()
        return [message for piece in pieces for message in parser.feed(piece)]

    def test_reads_what_the_server_says(self):
        self.assertEqual(
            self.parsed(b"INFO {}\r\n+OK\r\nPING\r\n-ERR 'Authorization Violation'\r\n"),
            [("INFO", "{}"), ("+OK", ""), ("PING", ""), ("-ERR", "'Authorization Violation'")],
        )

    def test_reads_messages_with_and_without_a_reply_subject(self):
        self.assertEqual(
            self.parsed(b"MSG a.b 1 2\r\n{}\r\nMSG a.c 2 _INBOX.x.1 0\r\n\r\n"),
            [("MSG", "a.b", None, b"{}"), ("MSG", "a.c", "_INBOX.x.1", b"")],
        )

    def test_reads_a_payload_that_looks_like_the_protocol(self):
        self.assertEqual(self.parsed(b"MSG a 1 8\r\nPING\r\n\r\n\r\n"), [("MSG", "a", None, b"PING\r\n\r\n")])

    def test_reads_the_same_however_it_is_cut(self):
        whole = self.parsed(MESSAGE)
        self.assertEqual(len(whole), 2)
        for cut in range(1, len(MESSAGE)):
            self.assertEqual(self.parsed(MESSAGE[:cut], MESSAGE[cut:]), whole)
        self.assertEqual(self.parsed(*(bytes([byte]) for byte in MESSAGE)), whole)


if __name__ == "__main__":
    unittest.main()
