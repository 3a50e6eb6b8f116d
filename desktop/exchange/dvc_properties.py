"""Names every property each kind of voucher file was seen to have: our own export writes these and no others.

Facts of two public exporters of 2020 (their templates and one produced file); the order in a file is alphabetical.
"""

from __future__ import annotations

from collections.abc import Mapping


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADER: Mapping[str, frozenset[str]] = {
    "C202a": _names(
        """
        chuyenkhoanTienmat dmDvqhns dmTiente dvNhantienCtmt dvNhantienDiachi dvNhantienKbnn
        dvNhantienKbnnTen dvNhantienLoai dvNhantienMa dvNhantienSotiennhan dvNhantienSotkSo dvNhantienTen
        dvNopthueSotiennop dvqhnsCapns dvqhnsCkcHdk dvqhnsCkcHdth dvqhnsCtmt dvqhnsKbnn dvqhnsMa dvqhnsNamns
        dvqhnsTen gnTaiLieuId ngayChungTu par1 soChungTu thucchiTamung tongSoTien typeChungTu
        """
    ),
    "C202b": _names(
        """
        chuyenkhoanTienmat dmDvqhns dmTiente dvNhantienDiachi dvNhantienKbnn dvNhantienKbnnTen
        dvNhantienLoai dvNhantienMa dvNhantienSotiennhan dvNhantienSotkSo dvNhantienTen dvNopthueChuong
        dvNopthueCqthuMa dvNopthueCqthuTen dvNopthueKbHachtoan dvNopthueKbHachtoanTen dvNopthueKythue
        dvNopthueMasothue dvNopthueNdkt dvNopthueSotiennop dvNopthueTen dvqhnsCapns dvqhnsCkcHdk
        dvqhnsCkcHdth dvqhnsCtmt dvqhnsKbnn dvqhnsMa dvqhnsNamns dvqhnsTen gnTaiLieuId ngayChungTu par1 par2
        par3 soChungTu thucchiTamung tongSoTien typeChungTu
        """
    ),
    "C203NS": _names(
        """
        dmTiente dvqhnsCancuTuUt dvqhnsCancuTuUtKbnn dvqhnsCancuTuUtKbnnTen dvqhnsCancuTuUtNgay dvqhnsCapns
        dvqhnsCtmt dvqhnsCtmtMa dvqhnsCtmtTen dvqhnsKbnn dvqhnsMa dvqhnsNamns dvqhnsSotk dvqhnsSotkSo
        dvqhnsTen dvqhnsThanhtoanThanhTcUt dvqhnsThanhtoanTuUt gnTaiLieuId ngayChungTu par1 soChungTu
        tongSoTien tuUt typeChungTu
        """
    ),
    "C205a": _names(
        """
        dmDVDutoan dmDvNop dmTiente dvDutoanCapns dvDutoanCkcHdk dvDutoanCkcHdth dvDutoanCtmt dvDutoanKbnn
        dvDutoanMa dvDutoanNamns dvDutoanSotk dvDutoanSotkSo dvDutoanTen dvMa dvNopKbNhTen dvNopKbnn
        dvNopNguoinop dvNopQdNgay dvNopQdSo dvNopSotkLoai dvNopSotkSo dvNopTk dvTen gnTaiLieuId ngayChungTu
        par1 soChungTu tmCk tongSoTien typeChungTu
        """
    ),
    "C206": _names(
        """
        bkNganHang bkNganHangTrungGianTen bkNhSwiftCode bkNhTgSwiftCode bkSoTaiKhoan bkTaiNganHang
        bkTenTaiKhoan ckTm dmDvqhns dmTiente dvqhnsCapns dvqhnsCkcHdk dvqhnsCkcHdth dvqhnsKbnn dvqhnsMa
        dvqhnsNamns dvqhnsNoidung dvqhnsSotk dvqhnsSotkSo dvqhnsTen gnTaiLieuId ngayChungTu
        nguoinhanCmndNgaycap nguoinhanCmndNoicap nguoinhanCmndSo nguoinhanHoten par1 par2 par3 par4
        soChungTu tcTu typeChungTu
        """
    ),
    "C301": _names(
        """
        ckTm daCancuHdNgay daCancuHdSo daCapns daCkcHdk daCkcHdth daCtmt daKbnn daKbnnMa daKbnnTen daNamns
        dmTiente dvNhantienCtmt dvNhantienDiachi dvNhantienKbnn dvNhantienKbnnTen dvNhantienLoai
        dvNhantienMa dvNhantienSotiennhan dvNhantienSotkSo dvNhantienTen dvNopthueChuong dvNopthueCqthu
        dvNopthueCqthuMa dvNopthueCqthuTen dvNopthueKbHachtoan dvNopthueKbHachtoanTen dvNopthueKythue
        dvNopthueMasothue dvNopthueNdkt dvNopthueSotiennop dvNopthueTen dvqhnsMa dvqhnsTen gnTaiLieuId
        ngayChungTu par1 par2 par3 par4 soChungTu tongSoTien ttTu typeChungTu
        """
    ),
    "C3_02NS": _names(
        """
        daCancuDenghiDenngay daCancuDenghiSo daCancuDenghiTungay daCapns daCkcHdth daCtmt daDenghiKbnn
        daDenghiKbnnTen daKbnn daNamns daSoduTamungUngtruoc daSotk daSotkSo daTcUtDktt daTuUtChuaDktt
        dmTiente dvqhnsMa dvqhnsTen gnTaiLieuId ngayChungTu par1 par3 par4 soChungTu tongSoTien tuUt
        typeChungTu
        """
    ),
    "C304NS": _names(
        """
        daCkcHdk daCkcHdth daCtmt daKbnn daNamns dmDvqhns dmTiente dvNopLoai dvNopNganhangTen dvNopNguoinop
        dvNopQdNgay dvNopQdSo dvNopSotkSo dvNopTk3521 dvNopTk3522 dvNopTk3523 dvNopTk3529 dvqhnsMa dvqhnsTen
        gnTaiLieuId ngayChungTu par1 soChungTu tmCk tongSoTien typeChungTu
        """
    ),
    "C402A": _names(
        """
        dmDvTratien dmTiente dvNhantienCtmt dvNhantienDiachi dvNhantienKbnn dvNhantienKbnnNhTen
        dvNhantienLoai dvNhantienMa dvNhantienSotien dvNhantienSotkSo dvNhantienTen dvTratienCtmt
        dvTratienDiachi dvTratienKbnn dvTratienKbnnNhTen dvTratienLoai dvTratienMa dvTratienTen gnTaiLieuId
        ngayChungTu par1 soChungTu tongSoTien typeChungTu
        """
    ),
    "C402B": _names(
        """
        dmDvTratien dmTiente dvNhantienCtmt dvNhantienDiachi dvNhantienKbnnNhTen dvNhantienLoai dvNhantienMa
        dvNhantienNganhang dvNhantienSotkSo dvNhantienTen dvTratienCtmt dvTratienDiachi dvTratienKbnn
        dvTratienKbnnNhTen dvTratienLoai dvTratienMa dvTratienTen gnTaiLieuId ngayChungTu par1 par3 par4
        soChungTu tongSoTien typeChungTu
        """
    ),
    "C402C": _names(
        """
        dmDvTratien dmTiente dvNhantienCtmt dvNhantienDiachi dvNhantienKbnn dvNhantienKbnnNhTen
        dvNhantienLoai dvNhantienMa dvNhantienNganhang dvNhantienSotien dvNhantienSotkSo dvNhantienTen
        dvNopthueChuong dvNopthueCqthu dvNopthueCqthuMa dvNopthueCqthuTen dvNopthueHachtoan dvNopthueKythue
        dvNopthueMa dvNopthueNdkt dvNopthueStk dvNopthueTen dvTratienCtmt dvTratienDiachi dvTratienKbnn
        dvTratienKbnnNhTen dvTratienLoai dvTratienMa dvTratienTen gnTaiLieuId ngayChungTu par1 par2 par3
        soChungTu tongSoTien typeChungTu
        """
    ),
    "M05": _names(
        """
        daCancuHdNgay daCancuHdSo daCancuKlhtNgay daCancuKlhtSo daCancuPhulucHdSo daCancuPhulucHdngay
        daDenghiKehoachvon daDenghiNamKhv daDenghiNguonvon daDenghiTtLuyke daDenghiTtSodu daDenghiTuTt
        daNgoainuocSo daNgoainuocTai daTrongnuocSo daTrongnuocTai dmTiente dvThuhuongSotkSo
        dvThuhuongSotkTai dvThuhuongTen dvqhnsMa dvqhnsTen gnTaiLieuId ngayChungTu par1 par2 soChungTu
        stBaohanh stBaohanhNgoainuoc stBaohanhTrongnuoc stThue stThuhoi stThuhoiNgoainuoc stThuhoiTrongnuoc
        stThuhuong stThuhuongNgoainuoc stThuhuongTrongnuoc typeChungTu
        """
    ),
    "M01": _names(
        """
        dmDvqhns dmTiente dvqhnsCtmt dvqhnsMa dvqhnsNguon dvqhnsTen gnTaiLieuId ngayChungTu par1 soChungTu
        thanhToan tongSoTien typeChungTu
        """
    ),
    "C409": _names(
        """
        diaChi dmTiente dvqhnsMa dvqhnsTen gnTaiLieuId nguoilinhHoten nguoilinhNgaycapCmnd
        nguoilinhNoicapCmnd nguoilinhSoCmnd par1 soChungTu tongSoTien typeChungTu
        """
    ),
}
"""Properties of the voucher itself by report name."""

LINE: Mapping[str, frozenset[str]] = {
    "C202a": _names(
        """
        dmChuong dmNdkt dmNganhKt dmNguonchi dvNhantien dvNopthue maHang noiDung soTien
        """
    ),
    "C202b": _names(
        """
        dmChuong dmNdkt dmNganhKt dmNguonchi dvNhantien dvNopthue maHang noiDung soTien
        """
    ),
    "C203NS": _names(
        """
        dmChuong dmNdkt dmNganhKt dmNguonchi maHang soDeNghi soPheDuyet soUngTruoc
        """
    ),
    "C205a": _names(
        """
        dmChuong dmNdkt dmNganhKt dmNguonchi maHang noiDung soTien
        """
    ),
    "C206": _names(
        """
        dmChuong dmNdkt dmNganhKt dmNguonchi dmTiente maHang soTienNT soTienVnd
        """
    ),
    "C301": _names(
        """
        dmChuong dmNdkt dmNganhKt dmNguonchi maHang namKhv noiDung nopThue soTien thanhToan
        """
    ),
    "C3_02NS": _names(
        """
        dmChuong dmNdkt dmNganhKt dmNguonchi maHang namKhv noiDung soDeNghi soDuTamUng soThanhToan
        """
    ),
    "C304NS": _names(
        """
        dmChuong dmNdkt dmNganhKt dmNguonchi maHang namKhv noiDung soTien
        """
    ),
    "C402A": _names(
        """
        maHang noiDung nopThue soTien thanhToan
        """
    ),
    "C402B": _names(
        """
        maHang noiDung nopThue soTien soTienNguyenTe thanhToan
        """
    ),
    "C402C": _names(
        """
        maHang noiDung nopThue soTien thanhToan
        """
    ),
    "M05": _names(
        """
        dmNdkt duToan luykeNgoainuoc luykeTrongnuoc maHang noiDung tamungNgoainuoc tamungTrongnuoc
        """
    ),
    "M01": _names(
        """
        chungTuNgay chungTuSo dmNdkt ngayHoaDon noiDung soHoaDon soTien soTienDm soTienSl
        """
    ),
    "C409": _names(
        """
        maHang noiDung soTien
        """
    ),
}
"""Properties of one line by report name."""
