package dev.sessiontoken.http.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Wraps an engine and, if asked, offers X25519 as the only key agreement, whatever parameters are
 * set: {@code HttpClient} sets a copy of the parameters that lacks the named groups, and JSSE then
 * offers all groups. Ends a connection on which the server sends much without being asked.
 */
final class QuickEngine extends SSLEngine {
  private static final String[] GROUP = {"x25519"};

  /**
   * Bytes that a server may send between two sends of the client, which acknowledges each part of
   * an answer: {@code HttpClient} would keep HTTP/2 frames of unknown types until the memory is
   * full.
   */
  private static final long MAX_UNASKED = 4 << 20;

  private final SSLEngine engine;
  private final boolean isQuick;
  private final Runnable agreed;
  private volatile long unasked;

  /**
   * Wraps an engine.
   *
   * @param isQuick whether X25519 is the only key agreement offered
   * @param agreed runs when a handshake has ended, on the thread that ended it; again for each
   *     session ticket, as JSSE reports these likewise
   */
  QuickEngine(SSLEngine engine, boolean isQuick, Runnable agreed) {
    this.engine = engine;
    this.isQuick = isQuick;
    this.agreed = agreed;
  }

  private SSLEngineResult observed(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) agreed.run();
    return result;
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    if (isQuick) parameters.setNamedGroups(GROUP);
    engine.setSSLParameters(parameters);
  }

  @Override
  public @Nullable String getPeerHost() {
    return engine.getPeerHost();
  }

  @Override
  public int getPeerPort() {
    return engine.getPeerPort();
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst)
      throws SSLException {
    var result = observed(engine.wrap(srcs, offset, length, dst));
    if (result.bytesConsumed() > 0) unasked = 0;
    return result;
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length)
      throws SSLException {
    var result = observed(engine.unwrap(src, dsts, offset, length));
    long total = unasked + result.bytesProduced();
    unasked = total;
    if (total > MAX_UNASKED) throw new SSLException("the server sends data that is no answer");
    return result;
  }

  @Override
  public @Nullable Runnable getDelegatedTask() {
    return engine.getDelegatedTask();
  }

  @Override
  public void closeInbound() throws SSLException {
    engine.closeInbound();
  }

  @Override
  public boolean isInboundDone() {
    return engine.isInboundDone();
  }

  @Override
  public void closeOutbound() {
    engine.closeOutbound();
  }

  @Override
  public boolean isOutboundDone() {
    return engine.isOutboundDone();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return engine.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return engine.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    engine.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return engine.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return engine.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    engine.setEnabledProtocols(protocols);
  }

  @Override
  public SSLSession getSession() {
    return engine.getSession();
  }

  @Override
  public @Nullable SSLSession getHandshakeSession() {
    return engine.getHandshakeSession();
  }

  @Override
  public void beginHandshake() throws SSLException {
    engine.beginHandshake();
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return engine.getHandshakeStatus();
  }

  @Override
  public void setUseClientMode(boolean mode) {
    engine.setUseClientMode(mode);
  }

  @Override
  public boolean getUseClientMode() {
    return engine.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    engine.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return engine.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    engine.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return engine.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    engine.setEnableSessionCreation(flag);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return engine.getEnableSessionCreation();
  }

  @Override
  public SSLParameters getSSLParameters() {
    return engine.getSSLParameters();
  }

  @Override
  public @Nullable String getApplicationProtocol() {
    return engine.getApplicationProtocol();
  }

  @Override
  public @Nullable String getHandshakeApplicationProtocol() {
    return engine.getHandshakeApplicationProtocol();
  }
}
