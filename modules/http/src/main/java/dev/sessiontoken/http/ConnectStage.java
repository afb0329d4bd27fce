package dev.sessiontoken.http;

import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/**
 * How far a client has come with its latest connection, for the message of a time limit. Set by the
 * client's threads, read by the thread that waits for the answer.
 */
final class ConnectStage {
  private final Trace trace;
  private final boolean isTls;
  private final AtomicBoolean ready = new AtomicBoolean();
  private volatile boolean connected;
  private volatile @Nullable SSLEngine engine;

  /**
   * The stage of a client that has not connected yet.
   *
   * @param trace learns when the first connection is ready
   * @param isTls whether a connection is ready only after a TLS handshake
   */
  ConnectStage(Trace trace, boolean isTls) {
    this.trace = trace;
    this.isTls = isTls;
  }

  /** The peer has accepted a connection. */
  void connected() {
    if (engine == null) ready();
    connected = true;
  }

  /** TLS begins on a new connection. */
  void handshakeBegins(SSLEngine engine) {
    this.engine = engine;
  }

  /** The latest connection can carry a request, TLS included. May be called again. */
  void ready() {
    if (!ready.getAndSet(true)) trace.ended("connection");
  }

  /**
   * Returns what is being waited for, in the words of a message.
   *
   * @param hasAnswerBegun whether the head of the answer is there
   */
  String waitingFor(boolean hasAnswerBegun) {
    if (hasAnswerBegun) return "waiting for the rest of the answer";
    if (!connected) return "connecting";
    return isHandshaking() ? "agreeing on TLS" : "waiting for an answer";
  }

  /** Returns whether the latest connection carries a request: all that is left is the answer. */
  boolean isAnswerAwaited() {
    return connected && (!isTls || engine != null) && !isHandshaking();
  }

  private boolean isHandshaking() {
    var latest = engine;
    if (latest == null) return false;
    var status = latest.getHandshakeStatus();
    return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
  }
}
