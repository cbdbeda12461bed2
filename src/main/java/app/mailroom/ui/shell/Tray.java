package app.mailroom.ui.shell;

import app.mailroom.ui.common.Texts;
import java.awt.AWTException;
import java.awt.Color;
import java.awt.EventQueue;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.RenderingHints;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program's place in the system's tray while its window is hidden. Calls come from the JavaFX thread. */
final class Tray {
    private static final Logger log = LoggerFactory.getLogger(Tray.class);

    private @Nullable TrayIcon icon;

    /** Whether this system has a tray; where it has none, the window can only be made small. */
    static boolean isThere() {
        return !GraphicsEnvironment.isHeadless() && SystemTray.isSupported();
    }

    /**
     * Puts an icon into the tray.
     *
     * @param open brings the window back; run on a thread of the tray
     * @param quit ends the program; run on a thread of the tray
     * @return false when the system refused it
     */
    boolean show(Texts texts, Runnable open, Runnable quit) {
        SystemTray tray = SystemTray.getSystemTray();
        MenuItem back = new MenuItem(texts.get("tray.open"));
        back.addActionListener(event -> open.run());
        MenuItem end = new MenuItem(texts.get("tray.quit"));
        end.addActionListener(event -> quit.run());
        PopupMenu menu = new PopupMenu();
        menu.add(back);
        menu.add(end);
        TrayIcon fresh = new TrayIcon(
                picture(tray.getTrayIconSize().width, tray.getTrayIconSize().height), texts.get("tray.sending"), menu);
        fresh.addActionListener(event -> open.run());
        try {
            tray.add(fresh);
        } catch (AWTException e) {
            log.info("The system's tray took no icon: {}", e.toString());
            return false;
        }
        icon = fresh;
        return true;
    }

    /** Takes the icon away again. */
    void hide() {
        TrayIcon shown = icon;
        icon = null;
        if (shown != null) {
            EventQueue.invokeLater(() -> SystemTray.getSystemTray().remove(shown));
        }
    }

    /** An envelope in the program's blue, which stands out on light and dark bars. */
    private static BufferedImage picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.setColor(new Color(0x09, 0x69, 0xDA));
        drawing.fillRoundRect(0, height / 6, width, height * 2 / 3, width / 5, width / 5);
        drawing.setColor(Color.WHITE);
        drawing.drawPolyline(
                new int[] {width / 8, width / 2, width - width / 8},
                new int[] {height / 3, height * 3 / 5, height / 3},
                3);
        drawing.dispose();
        return image;
    }
}
